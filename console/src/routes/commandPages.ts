/** Commands whose form is a page of its own instead of a window. */
export const COMMAND_PAGES: Readonly<Record<string, string>> = {
  strategy_version_create: '/risk/strategy-editor',
  product_version_create: '/product/editor',
  posting_rule_create: '/finance/rule-editor',
  application_save_draft: '/intake/new',
}
