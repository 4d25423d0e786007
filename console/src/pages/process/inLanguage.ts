import type { Language } from '../../i18n/languages'

const AXLE = 'urn:axle:bpmn'

/** The file with the names that its nodes have in a language; a node without one keeps its own. */
export function inLanguage(xml: string, language: Language): string {
  if (language === 'zh-CN') return xml
  const file = new DOMParser().parseFromString(xml, 'application/xml')
  for (const node of file.querySelectorAll('*')) {
    const name = node.getAttributeNS(AXLE, 'nameEn')
    if (name) node.setAttribute('name', name)
  }
  return new XMLSerializer().serializeToString(file)
}
