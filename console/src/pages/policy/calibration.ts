import type { components } from '../../api/schema'

export type Calibration = components['schemas']['PolicyCalibrationDetail']
export type Preview = components['schemas']['CalibrationPreviewOut']
