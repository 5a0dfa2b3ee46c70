import { oneOf, typed, yesOrNo } from './answers.ts'
import { personName, phone } from './answers-about.ts'
import { conversation } from './flow.ts'
import type { Command } from './talk.ts'

/** What a person may do with the data kept about him (个人信息保护法 44–47). */
const ACTS = [
  { value: 'view', says: /查看|看看|看一下|都有什么|view|see|show/ },
  { value: 'name', says: /(?:改|更正|换).{0,4}(?:姓名|名字|称呼)|name/ },
  { value: 'phone', says: /(?:改|更正|换).{0,4}(?:电话|手机|号码)|phone/ },
  { value: 'export', says: /导出|下载|带走|export|download/ },
  { value: 'recovery', says: /恢复码|找回码|recovery/ },
  { value: 'learning', says: /(?:用|学).{0,3}我.{0,3}的话|做?例子|learn|my words/ },
  { value: 'erase', says: /删除|删掉|清除|注销|抹掉|erase|delete/ },
] as const

const ERASE_WORDS = ['确认删除', 'delete my data'] as const

/** View, correct, export, erase, a new recovery code, and whether understanding may learn from one's words. Erasing wants a typed word. */
export default conversation('myData')
  .ask('act', {
    ...oneOf('myData', ACTS),
    spot: ({ plain }) => ACTS.find(act => act.value !== 'view' && act.says.test(plain))?.value,
  })
  .askIf(({ act }) => act === 'name', 'name', personName)
  .askIf(({ act }) => act === 'phone', 'phone', { ...phone, wants: 'profile', choices: () => [] })
  .askIf(({ act }) => act === 'erase', 'sure', typed(ERASE_WORDS))
  .askIf(({ act }) => act === 'learning', 'learn', yesOrNo({ yes: 'learning.yes', no: 'learning.no' }))
  .finish(({ act, name, phone, learn }): readonly Command[] => {
    switch (act) {
      case 'name':
        return [{ do: 'correctMyData', with: { field: 'name', value: name ?? '' } }]
      case 'phone':
        return [{ do: 'correctMyData', with: { field: 'phone', value: phone ?? '' } }]
      case 'export':
        return [{ do: 'exportMyData' }]
      case 'recovery':
        return [{ do: 'newRecoveryCode' }]
      case 'learning':
        return [{ do: 'wishLearning', with: { on: learn === true } }]
      case 'erase':
        return [{ do: 'eraseMyData' }]
      case 'view':
        return [{ do: 'showMyData' }]
    }
  })
