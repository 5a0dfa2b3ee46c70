import { shallowReactive } from 'vue'

/** Pictures this page has in hand, by file id: shown at once, while sending and after, without fetching them again. */
export const inHand = shallowReactive(new Map<string, { url: string; width?: number; height?: number }>())
