/** The chunk of tickets: every page that a route names. */
export { TicketPage } from './detail/TicketPage.tsx'
export { TicketsHome } from './list/TicketsHome.tsx'
export { ReportPage } from './report/ReportPage.tsx'
export { TicketsLayout } from './TicketsLayout.tsx'
