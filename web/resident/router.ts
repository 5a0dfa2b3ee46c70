import { nextTick } from 'vue'
import { createRouter, createWebHistory } from 'vue-router'
import Home from './pages/home-page.vue'
import { t } from './words.ts'

declare module 'vue-router' {
  interface RouteMeta {
    /** Key of the page's name, under `title`. */
    title: string
  }
}

const chatPage = () => import('./pages/chat-page.vue')

/** The pages. Home comes with the first load, the others when wanted. */
export const router = createRouter({
  history: createWebHistory(),
  routes: [
    { path: '/', component: Home, meta: { title: 'home' } },
    { path: '/chat', component: chatPage, meta: { title: 'chat' } },
    { path: '/cases', component: () => import('./pages/cases-page.vue'), meta: { title: 'cases' } },
    {
      path: '/cases/:code',
      component: () => import('./pages/case-page.vue'),
      props: true,
      meta: { title: 'case' },
    },
    { path: '/lookup', component: () => import('./pages/lookup-page.vue'), meta: { title: 'lookup' } },
    { path: '/me', component: () => import('./pages/me-page.vue'), meta: { title: 'me' } },
    { path: '/privacy', component: () => import('./pages/privacy-page.vue'), meta: { title: 'privacy' } },
    { path: '/:rest(.*)', component: () => import('./pages/missing-page.vue'), meta: { title: 'missing' } },
  ],
  scrollBehavior(to, _from, saved) {
    // The chat stands at its end and sees to that itself.
    if (to.path === '/chat') return false
    return saved ?? (to.hash ? { el: to.hash } : { top: 0 })
  },
})

// The chat is one tap away, also when the connection goes meanwhile.
void router.isReady().then(() => setTimeout(() => chatPage().catch(() => undefined), 2000))

/** The name of the page in the window's title. */
export const nameWindow = (): void => {
  const { title } = router.currentRoute.value.meta
  document.title = title === 'home' || !title ? t('title.home') : `${t(`title.${title}`)} · ${t('brand')}`
}

router.afterEach((to, from, failure) => {
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
  console.error(error)
  if (navigator.onLine && from.matched.length > 0) location.assign(to.fullPath)
})
