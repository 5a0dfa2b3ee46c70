import { ref } from 'vue'

/** What is searched for, shared by the box above and the list. It lives in memory only. */
export const wanted = ref('')

/** Whether the filters of the desk are being chosen. */
export const filtering = ref(false)
