import 'element-plus/theme-chalk/base.css'
import 'element-plus/theme-chalk/el-icon.css'
import './look/tokens.css'
import './look/base.css'
import './look/parts.css'
import './look/shell.css'
import i18next from 'i18next'
import I18NextVue from 'i18next-vue'
import { createApp } from 'vue'
import App from './app.vue'
import { dropOldDrafts } from './drafts.ts'
import { wearLook } from './look.ts'
import { router } from './routes.ts'
import { startWords } from './words.ts'

wearLook()
dropOldDrafts()
void startWords().then(() => createApp(App).use(I18NextVue, { i18next }).use(router).mount('#app'))
