import { ref } from 'vue'

/** The steps of the case on screen; the key help shows these and no others. */
export const openVerbs = ref<string[]>([])
