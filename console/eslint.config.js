import js from '@eslint/js'
import hooks from 'eslint-plugin-react-hooks'
import ts from 'typescript-eslint'

const CHINESE = '/[\\u3400-\\u9fff\\uff00-\\uffef]/'
const message = 'Words a person reads belong in src/locale or in a context catalogue.'
const noChineseInCode = ['Literal[value=', 'JSXText[value=', 'TemplateElement[value.raw='].map((node) => ({
  selector: `${node}${CHINESE}]`,
  message,
}))
const proComponents = {
  group: ['@ant-design/pro-components'],
  message: 'ProComponents are wrapped once: use Shell, Ledger or SchemaForm.',
}
const staffOnly = { group: ['antd', 'antd/*', '@ant-design/*', 'echarts*'], message: 'Phone pages use antd-mobile only.' }

export default ts.config(
  { ignores: ['dist', 'node_modules', 'src/api/schema.d.ts'] },
  js.configs.recommended,
  ...ts.configs.strictTypeChecked,
  hooks.configs.flat['recommended-latest'],
  { languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } } },
  {
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/no-unnecessary-type-parameters': 'off', // get<T>() names the shape that the server answers with
      'max-lines': ['error', { max: 200, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: ['src/**/*.{ts,tsx}'],
    ignores: ['src/**/*.test.{ts,tsx}'],
    rules: { 'no-restricted-syntax': ['error', ...noChineseInCode] },
  },
  {
    files: ['src/**/*.{ts,tsx}'],
    ignores: ['src/shell/**', 'src/ledger/**', 'src/form/**'],
    rules: { 'no-restricted-imports': ['error', { patterns: [proComponents] }] },
  },
  {
    files: ['src/h5/**/*.{ts,tsx}', 'src/api/**/*.{ts,tsx}', 'src/i18n/**/*.{ts,tsx}', 'src/format/**/*.{ts,tsx}'],
    rules: { 'no-restricted-imports': ['error', { patterns: [staffOnly] }] },
  },
  {
    files: ['scripts/**/*.mjs', 'eslint.config.js'],
    extends: [ts.configs.disableTypeChecked],
    languageOptions: { globals: { process: 'readonly', console: 'readonly', URL: 'readonly' } },
  },
)
