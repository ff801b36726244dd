/** Authors who latinised their own names, and others whose names end as genera and epithets do. */
export const latinAuthors: ReadonlySet<string> = new Set(
  (
    'Linnaeus Linneaus Fabricius Gronovius Pallas Vahl Spegazzini Gravenhorst Costa Moreira Lima Silva Sousa Souza Pereira Batista ' +
    'Luna Viana Cunha Olivera Oliveira Barbosa Ortega Rivera Medina Molina Cavanilles Thunberg Aublet Jacquin Jussieu'
  ).split(' '),
)
