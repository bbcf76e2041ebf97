/** The accounts of the demo data that the tests act as. */
export const PASSWORD = 'casement-demo';

export const PEOPLE = {
  customer: { email: 'customer@acme.example', name: 'Jana Vogel' },
  admin: { email: 'admin@acme.example', name: 'Tobias Lindqvist' },
  partner: { email: 'partner@agency.example', name: 'Mireille Castan' },
  analyst: { email: 'analyst@support.example', name: 'Ruth Okafor' },
  colleague: { email: 'priya.raman@acme.example', name: 'Priya Raman' },
  stranger: { email: 'j.hartleb@nordwerk.example', name: 'Jörg Hartleb' },
} as const;

export type Who = keyof typeof PEOPLE;
