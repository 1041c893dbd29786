export { createTickets, type IssuedLink, type NewTicket, type OpenedSession, type Tickets } from './service.ts';
export {
  type ClientType,
  LinkError,
  type LinkRefusal,
  type PageTicket,
  requireReturnAddress,
  returnAddress,
  type TicketSubject,
} from './ticket.ts';
