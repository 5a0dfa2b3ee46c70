import i18next from 'i18next'
import en from '../../locales/en/promises.json'
import zh from '../../locales/zh-CN/promises.json'

// The words of one page few come to: both languages come with it, so that no other page carries even their names.
i18next.addResourceBundle('zh-CN', 'promises', zh)
i18next.addResourceBundle('en', 'promises', en)
