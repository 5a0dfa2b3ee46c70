import { nextTick } from 'vue'
import { createMemoryHistory, createRouter, createWebHistory } from 'vue-router'
import { fetchAhead, insist } from './late.ts'
import { type LaterWords, needWords, t } from './words.ts'

declare module 'vue-router' {
  interface RouteMeta {
    /** Key of the page's name, under `title`. */
    title: string
  }
}

/**
 * A page and the words only it needs come together. The one opened first is insisted on, for what the service drew stands
 * meanwhile; later a failure is the caller's.
 */
const page =
  <T>(fetchIt: () => Promise<T>, ...words: LaterWords[]) =>
  async (): Promise<T> => {
    const all = () => Promise.all([fetchIt(), ...words.map(needWords)])
    const [loaded] = await (isDrawnOnly() ? insist(all) : all())
    return loaded
  }
const isDrawnOnly = (): boolean =>
  !import.meta.env.SSR &&
  router.currentRoute.value.matched.length === 0 &&
  document.querySelector('#app > *') !== null

const homePage = page(() => import('./pages/home-page.vue'))
const chatPage = page(() => import('./pages/chat-page.vue'))
const casesPage = page(() => import('./pages/cases-page.vue'), 'sides')
const casePage = page(() => import('./pages/case-page.vue'), 'case', 'own')
const lookupPage = page(() => import('./pages/lookup-page.vue'), 'case')
const formPage = page(() => import('./pages/form-page.vue'), 'form')
const guidePage = page(() => import('./pages/guide-page.vue'), 'guide')
const servicePage = page(() => import('./pages/service-page.vue'), 'guide')
const mediationPage = page(() => import('./pages/mediation-page.vue'), 'guide')
const mediationCase = page(() => import('./pages/mediation-case.vue'), 'case', 'form', 'sides')
const invitationPage = page(() => import('./pages/invitation-page.vue'), 'sides')
const letterPage = page(() => import('./pages/letter-page.vue'), 'me')
const mePage = page(() => import('./pages/me-page.vue'), 'me')
const privacyPage = page(() => import('./pages/privacy-page.vue'))
const promisesPage = page(() => import('./pages/promises-page.vue'))
const missingPage = page(() => import('./pages/missing-page.vue'))

/** The pages, each fetched when wanted: people come straight to the chat, a form or a case as often as to the first page. */
export const router = createRouter({
  history: import.meta.env.SSR ? createMemoryHistory() : createWebHistory(),
  routes: [
    { path: '/', component: homePage, meta: { title: 'home' } },
    { path: '/chat', component: chatPage, meta: { title: 'chat' } },
    { path: '/cases', component: casesPage, meta: { title: 'cases' } },
    { path: '/cases/:code', component: casePage, props: true, meta: { title: 'case' } },
    { path: '/lookup', component: lookupPage, meta: { title: 'lookup' } },
    { path: '/form/:flow', component: formPage, props: true, meta: { title: 'form' } },
    { path: '/guide', component: guidePage, meta: { title: 'guide' } },
    { path: '/guide/:errand', component: servicePage, props: true, meta: { title: 'guide' } },
    { path: '/mediation', component: mediationPage, meta: { title: 'mediation' } },
    {
      path: '/mediations/:code',
      component: mediationCase,
      props: true,
      meta: { title: 'mediationCase' },
    },
    { path: '/m/:token?', component: invitationPage, props: true, meta: { title: 'invitation' } },
    { path: '/letters/:id', component: letterPage, props: true, meta: { title: 'letter' } },
    { path: '/me', component: mePage, meta: { title: 'me' } },
    { path: '/privacy', component: privacyPage, meta: { title: 'privacy' } },
    { path: '/promises/:month?', component: promisesPage, meta: { title: 'promises' } },
    { path: '/:rest(.*)', component: missingPage, meta: { title: 'missing' } },
  ],
  scrollBehavior(to, from, saved) {
    // The chat stands at its end and sees to that itself.
    if (to.path === '/chat') return false
    // A page drawn by the server may have been scrolled before the script was there.
    const top = from.matched.length > 0 ? ({ top: 0 } as const) : false
    return saved ?? (to.hash ? { el: to.hash } : top)
  },
})

// The first page and the chat are one tap away, also when the connection goes meanwhile.
if (!import.meta.env.SSR)
  void router.isReady().then(
    () => fetchAhead(homePage, chatPage),
    () => undefined,
  )

/** The name of the page now shown, as the window's title. */
export const pageTitle = (): string => {
  const { title } = router.currentRoute.value.meta
  return title === 'home' || !title ? t('title.home') : `${t(`title.${title}`)} · ${t('brand')}`
}

/** Puts the name of the page in the window's title. */
export const nameWindow = (): void => {
  document.title = pageTitle()
}

router.afterEach((to, from, failure) => {
  if (import.meta.env.SSR) return
  nameWindow()
  // A reader that cannot see the change is taken to the new page's heading; not on the first load.
  const arrivedFromElsewhere = from.matched.length > 0 && to.path !== from.path
  if (arrivedFromElsewhere && !failure && !to.hash) {
    void nextTick().then(() => document.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true }))
  }
})

// A page fetched after a deploy may have a new name: load the whole front once more, there.
// Only from another page: a first load that fails would otherwise load for ever.
router.onError((error, to, from) => {
  if (import.meta.env.SSR) return
  console.error(error)
  if (navigator.onLine && from.matched.length > 0) location.assign(to.fullPath)
})
