import 'weui/dist/style/widget/weui-cell/weui-cell.css'
import 'weui/dist/style/widget/weui-cell/weui-switch.css'
import 'weui/dist/style/widget/weui-loading/weui-loading.css'
import './style/tokens.css'
import './style/base.css'
import './style/parts.css'
import i18next from 'i18next'
import I18NextVue from 'i18next-vue'
import { createApp, nextTick } from 'vue'
import App from './app.vue'
import { seedLog } from './chat/chat.ts'
import { initial } from './initial.ts'
import { drawnParts } from './late.ts'
import { wearLook } from './look.ts'
import { nameWindow, router } from './router.ts'
import type { MessagePage } from './shapes.ts'
import { handOver, touchedIn } from './take-over.ts'
import { startWords } from './words.ts'

wearLook()

/** Takes the place of what the server drew once words and page are here: in one go, so nothing is seen to move. */
async function start(): Promise<void> {
  await startWords()
  i18next.on('languageChanged', nameWindow)
  seedLog(initial<MessagePage>('messages'))
  const app = createApp(App).use(I18NextVue, { i18next }).use(router)
  // A page that cannot be fetched leaves the drawn one in its place, or an empty frame that can go elsewhere.
  await router.isReady().catch(() => undefined)
  const root = document.querySelector('#app')!
  await drawnParts(root)
  const touched = touchedIn(root)
  app.mount(root)
  await nextTick()
  handOver(root, touched)
}
// No await at the top: Chromium 86 does not know it.
void start()
