import 'weui/dist/style/widget/weui-cell/weui-cell.css'
import 'weui/dist/style/widget/weui-cell/weui-switch.css'
import 'weui/dist/style/widget/weui-loading/weui-loading.css'
import './style/tokens.css'
import './style/base.css'
import './style/parts.css'
import i18next from 'i18next'
import I18NextVue from 'i18next-vue'
import { createApp } from 'vue'
import App from './app.vue'
import { wearLook } from './look.ts'
import { nameWindow, router } from './router.ts'
import { startWords } from './words.ts'

wearLook()
// No await at the top: Chromium 86 does not know it.
void startWords().then(() => {
  i18next.on('languageChanged', nameWindow)
  createApp(App).use(I18NextVue, { i18next }).use(router).mount('#app')
})
