/**
 * What a corrected case can teach: the routes the trained model knows, in its order. `none` is a matter for a person. Environmental matters
 * are one route there, the panel's, for the model was never taught to tell panel and department apart (docs/decisions/021).
 */
export const LABELS = [
  'panel:物业纠纷',
  'panel:道路交通纠纷',
  'panel:医疗纠纷',
  'panel:劳动争议纠纷',
  'panel:环境保护纠纷',
  'panel:婚姻家庭纠纷',
  'panel:预防青少年违法犯罪',
  'panel:心理干预',
  'dept:城乡建设',
  'dept:劳动和社会保障',
  'dept:教育文体',
  'dept:商贸旅游',
  'dept:卫生计生',
  'dept:交通运输',
  'dept:公安',
  'dept:民政',
  'dept:城市管理',
  'dept:市场监管',
  'dept:供水供电供热燃气',
  'dept:街道社区',
  'none',
] as const
export type Label = (typeof LABELS)[number]

const SAME: Readonly<Record<string, Label>> = { 'dept:环境保护': 'panel:环境保护纠纷' }

export const isLabel = (word: string): word is Label => (LABELS as readonly string[]).includes(word)

/** The label of a route; a route the model has no class for is a matter for a person to it. */
export function labelOf(route: string | null): Label {
  if (route === null) return 'none'
  const known = SAME[route] ?? route
  return isLabel(known) ? known : 'none'
}

/** What the ledger says of where a case ended. */
export interface Settling {
  /** The route it was filed under, after its person was asked. */
  filed: string | null
  /** What a clerk called it. */
  label: string | null
  /** Route of the panel that mediates what grew out of it. */
  panel: string | null
  /** Routes served by the unit that holds it; none for a town or community, which hold everything of their place. */
  holder: readonly string[]
  /** Routes served by the department called first, by a whistle or by the district. */
  lead: readonly string[]
}

/**
 * The label a case came to. A clerk's word goes first, then the panel that mediates it, then the department or panel it was passed to, then
 * the department that leads. A department called to a matter of a panel is a help, not a correction; one that serves several routes corrects
 * nothing by itself.
 */
export function settledLabel({ filed, label, panel, holder, lead }: Settling): Label {
  if (label !== null && isLabel(label)) return label
  const own = labelOf(filed)
  const leads = own.startsWith('panel:') ? [] : lead
  for (const serves of [panel === null ? [] : [panel], holder, leads]) {
    const labels = [...new Set(serves.map(labelOf))]
    if (labels.includes(own)) return own
    if (labels.length === 1) return labels[0]!
  }
  return own
}
