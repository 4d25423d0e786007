"""Permissions of the vehicle context."""

from axle.platform.public import declare_institutional, declare_permissions

VEHICLE_VIEW = "vehicle.vehicle.view"
VEHICLE_MANAGE = "vehicle.vehicle.manage"
APPRAISAL_RECORD = "vehicle.appraisal.record"
CATALOGUE_MANAGE = "vehicle.catalogue.manage"
RESIDUAL_MANAGE = "vehicle.residual.manage"
RESIDUAL_ACTIVATE = "vehicle.residual.activate"

declare_permissions(
    "vehicle", VEHICLE_VIEW, VEHICLE_MANAGE, APPRAISAL_RECORD, CATALOGUE_MANAGE, RESIDUAL_MANAGE, RESIDUAL_ACTIVATE
)
declare_institutional(CATALOGUE_MANAGE, RESIDUAL_MANAGE, RESIDUAL_ACTIVATE)
