import nock from 'nock'
import { afterAll } from 'vitest'

/** The network is shut for every test; only this machine may be spoken to. */
nock.disableNetConnect()
nock.enableNetConnect(/^(127\.0\.0\.1|localhost|\[?::1\]?)(:\d+)?$/)

afterAll(() => {
  nock.cleanAll()
})
