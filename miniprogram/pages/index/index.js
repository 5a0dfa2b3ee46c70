const { site } = require('../../config.js')

/** Only a path of our own page may be opened. */
const ours = path => (/^\/(?!\/)[\w\-/.]*$/.test(path || '') ? path : '/')

/**
 * Shows the page. wx.login's code goes to the service, once: it asks WeChat who it is, keeps the session key to itself, and leads to
 * the page.
 */
Page({
  data: { src: '' },
  onLoad(query) {
    const path = ours(decodeURIComponent(query.path || ''))
    wx.login({
      success: ({ code }) =>
        this.setData({ src: `${site}/api/resident/wechat/mini?code=${code}&to=${encodeURIComponent(path)}` }),
      fail: () => this.setData({ src: `${site}${path}` }),
    })
  },
  onShareAppMessage() {
    return { title: '回音：件件有着落，事事有回音', path: '/pages/index/index' }
  },
})
