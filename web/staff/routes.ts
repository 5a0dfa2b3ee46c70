import { createRouter, createWebHistory } from 'vue-router'
import { careRoutes } from './care/routes.ts'
import { needWords } from './words.ts'

/** Pages of the staff front. A search is never part of an address: it may hold a phone number. */
export const router = createRouter({
  history: createWebHistory('/staff/'),
  routes: [
    { path: '/', redirect: '/cases' },
    {
      path: '/cases/:code?',
      name: 'desk',
      component: () =>
        Promise.all([import('./desk/desk-page.vue'), needWords('desk')]).then(([page]) => page),
      meta: { title: 'nav.desk' },
    },
    {
      path: '/conversations/:id?',
      name: 'conversations',
      component: () => import('./talks/conversations-page.vue'),
      meta: { title: 'nav.conversations' },
    },
    {
      path: '/alerts',
      name: 'alerts',
      component: () => import('./pages/alerts-page.vue'),
      meta: { title: 'nav.alerts' },
    },
    {
      path: '/notices',
      name: 'notices',
      component: () => import('./pages/notices-page.vue'),
      meta: { title: 'nav.notices' },
    },
    {
      path: '/grids',
      name: 'grids',
      component: () => needWords('grids').then(() => import('./grid/grid-page.vue')),
      meta: { title: 'nav.grids' },
    },
    {
      path: '/mediations/:code?',
      name: 'mediations',
      component: () => needWords('mediate').then(() => import('./mediation/queue-page.vue')),
      meta: { title: 'nav.mediations' },
    },
    {
      path: '/calendar',
      name: 'calendar',
      component: () => needWords('mediate').then(() => import('./mediation/calendar-page.vue')),
      meta: { title: 'nav.calendar' },
    },
    {
      path: '/mediation-figures',
      name: 'mediation-figures',
      component: () => needWords('mediate').then(() => import('./mediation/figures-page.vue')),
      meta: { title: 'nav.mediationFigures', under: 'mediations' },
    },
    ...careRoutes,
    {
      path: '/board',
      name: 'board',
      component: () => needWords('board').then(() => import('./board/board-page.vue')),
      meta: { title: 'nav.board' },
    },
    {
      path: '/audit',
      name: 'audit',
      component: () => needWords('audit').then(() => import('./audit/audit-page.vue')),
      meta: { title: 'nav.audit' },
    },
    {
      path: '/invariant',
      name: 'invariant',
      component: () => import('./pages/invariant-page.vue'),
      meta: { title: 'nav.invariant' },
    },
    {
      path: '/assessment',
      name: 'assessment',
      component: () =>
        Promise.all([import('./assessment/assessment-page.vue'), needWords('assess')]).then(([page]) => page),
      meta: { title: 'nav.assessment' },
    },
    {
      path: '/learning',
      name: 'learning',
      component: () => needWords('learning').then(() => import('./learning/learning-page.vue')),
      meta: { title: 'nav.learning' },
    },
    { path: '/me', name: 'me', component: () => import('./pages/me-page.vue'), meta: { title: 'nav.me' } },
    {
      path: '/invite/:token',
      name: 'invite',
      component: () => import('./login/invite-page.vue'),
      meta: { title: 'invite.title', open: true },
    },
    {
      path: '/:lost(.*)*',
      name: 'lost',
      component: () => import('./pages/lost-page.vue'),
      meta: { title: 'lost.title' },
    },
  ],
})
