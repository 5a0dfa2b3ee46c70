const { site } = require('../../config.js')

const WORDS = {
  yes: '好了，有新进展微信会提醒您。',
  no: '您没有允许。以后想要提醒，再点一次就行。',
  broken: '这次没有记上，请过一会儿再点一次。',
  none: '这里还没有开通微信提醒，进展会在“我的事项”里告诉您。',
}

const call = (method, path, data, cookie) =>
  new Promise((done, failed) => {
    const header = Object.assign({ 'content-type': 'application/json' }, cookie ? { cookie } : {})
    const success = answer => (answer.statusCode < 300 ? done(answer) : failed(answer))
    wx.request({ url: `${site}/api/resident/${path}`, method, data, header, success, fail: failed })
  })

/** Asks WeChat's own question. It must run in the tap itself, so the templates are fetched before. */
Page({
  data: { code: '', templates: [], told: '', busy: false },
  onLoad(query) {
    this.setData({ code: query.code || '' })
    call('GET', 'wechat/front')
      .then(({ data }) => {
        const templates = data.templates.mini.slice(0, 3)
        this.setData({ templates, told: templates.length ? '' : WORDS.none })
      })
      .catch(() => this.setData({ told: WORDS.broken }))
  },
  ask() {
    const { templates } = this.data
    wx.requestSubscribeMessage({
      tmplIds: templates,
      success: answer => this.keep(templates.filter(id => answer[id] === 'accept')),
      fail: () => this.setData({ told: WORDS.no }),
    })
  },
  /** Signs in anew by a code of its own, and tells the service what was allowed. */
  keep(templates) {
    if (!templates.length) return this.setData({ told: WORDS.no })
    this.setData({ busy: true })
    wx.login({
      success: ({ code }) =>
        call('POST', 'wechat/mini', { code })
          .then(({ cookies }) =>
            call(
              'POST',
              'wechat/agreed',
              { templates },
              (cookies || []).map(one => one.split(';')[0]).join('; '),
            ),
          )
          .then(() => this.setData({ told: WORDS.yes, busy: false }))
          .catch(() => this.setData({ told: WORDS.broken, busy: false })),
      fail: () => this.setData({ told: WORDS.broken, busy: false }),
    })
  },
  back() {
    wx.navigateBack()
  },
})
