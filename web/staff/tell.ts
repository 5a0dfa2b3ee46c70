import { ElMessage } from 'element-plus'
import 'element-plus/theme-chalk/el-message.css'

/** A word in the lower corner that goes by itself: it covers neither the case nor what is being written. */
const CORNER = { placement: 'bottom-left', offset: 64, grouping: true } as const

export const tellDone = (message: string) =>
  ElMessage({ ...CORNER, type: 'success', message, duration: 2_500 })

export const tellTrouble = (message: string) =>
  ElMessage({ ...CORNER, type: 'error', message, duration: 6_000, showClose: true })
