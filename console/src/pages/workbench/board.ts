import type { components } from '../../api/schema'

type Schemas = components['schemas']

export type Board = Schemas['WorkbenchOut']
export type BoardFigure = Board['cards'][number]
export type BoardSeries = Board['charts'][number]
export type BoardTask = Board['my_tasks'][number]
