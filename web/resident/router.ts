import { nextTick } from 'vue'
import { createMemoryHistory, createRouter, createWebHistory } from 'vue-router'
import { fetchAhead } from './late.ts'
import { type LaterWords, needWords, t } from './words.ts'

declare module 'vue-router' {
  interface RouteMeta {
    /** Key of the page's name, under `title`. */
    title: string
  }
}

const homePage = () => import('./pages/home-page.vue')
const chatPage = () => import('./pages/chat-page.vue')
const formPage = () => withWords(import('./pages/form-page.vue'), 'form')
const guidePage = () => withWords(import('./pages/guide-page.vue'), 'guide')
const mediationPage = () => withWords(import('./pages/mediation-page.vue'), 'guide')

/** A page and the words only it needs come together. */
async function withWords<T>(page: Promise<T>, ...words: LaterWords[]): Promise<T> {
  const [loaded] = await Promise.all([page, ...words.map(needWords)])
  return loaded
}

/** The pages, each fetched when wanted: people come straight to the chat, a form or a case as often as to the first page. */
export const router = createRouter({
  history: import.meta.env.SSR ? createMemoryHistory() : createWebHistory(),
  routes: [
    { path: '/', component: homePage, meta: { title: 'home' } },
    { path: '/chat', component: chatPage, meta: { title: 'chat' } },
    { path: '/cases', component: () => import('./pages/cases-page.vue'), meta: { title: 'cases' } },
    {
      path: '/cases/:code',
      component: () => withWords(import('./pages/case-page.vue'), 'case', 'own'),
      props: true,
      meta: { title: 'case' },
    },
    {
      path: '/lookup',
      component: () => withWords(import('./pages/lookup-page.vue'), 'case'),
      meta: { title: 'lookup' },
    },
    { path: '/form/:flow', component: formPage, props: true, meta: { title: 'form' } },
    { path: '/guide', component: guidePage, meta: { title: 'guide' } },
    {
      path: '/guide/:errand',
      component: () => withWords(import('./pages/service-page.vue'), 'guide'),
      props: true,
      meta: { title: 'guide' },
    },
    { path: '/mediation', component: mediationPage, meta: { title: 'mediation' } },
    { path: '/me', component: () => withWords(import('./pages/me-page.vue'), 'me'), meta: { title: 'me' } },
    { path: '/privacy', component: () => import('./pages/privacy-page.vue'), meta: { title: 'privacy' } },
    { path: '/:rest(.*)', component: () => import('./pages/missing-page.vue'), meta: { title: 'missing' } },
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
if (!import.meta.env.SSR) void router.isReady().then(() => fetchAhead(homePage, chatPage))

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
