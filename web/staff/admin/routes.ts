import type { RouteRecordRaw } from 'vue-router'
import { needWords } from '../words.ts'

/** The pages of the administration; what may be changed is decided by the service. */
export const adminRoutes: RouteRecordRaw[] = [
  {
    path: '/admin',
    component: () => needWords('admin').then(() => import('./admin-page.vue')),
    children: [
      {
        path: 'history/:book?',
        name: 'admin-history',
        component: () => import('./history-page.vue'),
        meta: { title: 'nav.admin', under: 'admin' },
      },
      {
        path: 'folder',
        name: 'admin-folder',
        component: () => import('./folder-page.vue'),
        meta: { title: 'nav.admin', under: 'admin' },
      },
      {
        path: ':book?',
        name: 'admin',
        component: () => import('./book-page.vue'),
        meta: { title: 'nav.admin' },
      },
    ],
  },
]
