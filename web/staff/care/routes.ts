import type { RouteRecordRaw } from 'vue-router'
import { needWords } from '../words.ts'

/** The pages of care, under `/care`; what may be seen is decided by the service. */
export const careRoutes: RouteRecordRaw[] = [
  {
    path: '/care',
    name: 'care',
    component: () => needWords('careDesk').then(() => import('./desk-page.vue')),
    meta: { title: 'nav.care' },
  },
  {
    path: '/care/children/:id',
    name: 'care-child',
    component: () => needWords('careDesk').then(() => import('./child-page.vue')),
    meta: { title: 'nav.care', under: 'care' },
  },
  {
    path: '/care/tasks',
    name: 'care-tasks',
    component: () => needWords('careDesk').then(() => import('./tasks-page.vue')),
    meta: { title: 'nav.care', under: 'care' },
  },
  {
    path: '/care/letters',
    name: 'care-letters',
    component: () => needWords('careDesk').then(() => import('./letters-page.vue')),
    meta: { title: 'nav.care', under: 'care' },
  },
  {
    path: '/care/volunteers',
    name: 'care-volunteers',
    component: () => needWords('careDesk').then(() => import('./volunteers-page.vue')),
    meta: { title: 'nav.care', under: 'care' },
  },
  {
    path: '/care/calendar',
    name: 'care-calendar',
    component: () => needWords('careDesk').then(() => import('./festivals-page.vue')),
    meta: { title: 'nav.care', under: 'care' },
  },
  {
    path: '/care/knowledge',
    name: 'care-knowledge',
    component: () => needWords('careDesk').then(() => import('./knowledge-page.vue')),
    meta: { title: 'nav.care', under: 'care' },
  },
  {
    path: '/care/import',
    name: 'care-import',
    component: () => needWords('careDesk').then(() => import('./import-page.vue')),
    meta: { title: 'nav.care', under: 'care' },
  },
  {
    path: '/care/readings',
    name: 'care-readings',
    component: () => needWords('careDesk').then(() => import('./readings-page.vue')),
    meta: { title: 'nav.care-readings' },
  },
  {
    path: '/care/emergency',
    name: 'care-emergency',
    component: () => needWords('careDesk').then(() => import('./emergency-page.vue')),
    meta: { title: 'nav.care-emergency', under: 'alerts' },
  },
]
