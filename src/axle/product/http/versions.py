"""Products and their versions: register, put on sale, take off sale, read."""

from typing import Any

from axle.platform.public import Actor, Ctx, available_commands, business_date
from axle.product import permissions, public, selectors
from axle.product.http.base import api, spoken
from axle.product.http.schemas import (
    OfferOut,
    ProductCreateIn,
    ProductOut,
    ProductVersionActivateIn,
    ProductVersionCreateIn,
    ProductVersionDetail,
    ProductVersionOut,
    ProductVersionRetireIn,
)
from axle.product.models import ProductState, ProductVersion
from axle.product.services.product_create import product_create
from axle.product.services.product_version_activate import product_version_activate
from axle.product.services.product_version_create import product_version_create
from axle.product.services.product_version_retire import product_version_retire

_ACTIONS: dict[str, tuple[str, ...]] = {
    ProductState.DRAFT: ("product_version_activate",),
    ProductState.ACTIVE: ("product_version_retire",),
    ProductState.RETIRED: (),
}


def _version_fields(actor: Actor, version: ProductVersion) -> dict[str, Any]:
    return {
        "id": version.pk,
        "product": version.product.code,
        "version_no": version.version_no,
        "state": version.state,
        "effective_from": version.effective_from,
        "retired_on": version.retired_on,
        "actions": available_commands(actor, *_ACTIONS[version.state]),
    }


@api.command("product_create", permission=permissions.PRODUCT_EDIT, subject="product")
def _product_create(ctx: Ctx, data: ProductCreateIn) -> ProductOut:
    product = product_create(actor=ctx.actor, **data.model_dump())
    return ProductOut(id=product.pk, code=product.code)


@api.command("product_version_create", permission=permissions.PRODUCT_EDIT, subject="product_version")
def _version_create(ctx: Ctx, data: ProductVersionCreateIn) -> ProductVersionOut:
    version = product_version_create(actor=ctx.actor, product=data.product, terms=data.terms, note=data.note)
    return ProductVersionOut(**_version_fields(ctx.actor, version))


@api.command("product_version_activate", permission=permissions.PRODUCT_ACTIVATE, subject="product_version")
def _version_activate(ctx: Ctx, data: ProductVersionActivateIn) -> ProductVersionOut:
    version = product_version_activate(
        actor=ctx.actor,
        version_id=data.product_version_id,
        effective_from=data.effective_from,
        business_on=ctx.business_on,
    )
    return ProductVersionOut(**_version_fields(ctx.actor, version))


@api.command("product_version_retire", permission=permissions.PRODUCT_ACTIVATE, subject="product_version")
def _version_retire(ctx: Ctx, data: ProductVersionRetireIn) -> ProductVersionOut:
    version = product_version_retire(
        actor=ctx.actor,
        version_id=data.product_version_id,
        retired_on=data.retired_on,
        business_on=ctx.business_on,
    )
    return ProductVersionOut(**_version_fields(ctx.actor, version))


@api.query("product_version_get", "/product-versions/{version_id}", permission=permissions.PRODUCT_VIEW)
def _version_get(actor: Actor, version_id: int) -> ProductVersionDetail:
    version = selectors.version_get(version_id)
    return ProductVersionDetail(
        **_version_fields(actor, version),
        name=spoken(version.product.name_zh, version.product.name_en),
        lender=version.product.legal_entity.name,
        note=version.note,
        drafted_by=version.created_by,
        created_at=version.created_at,
        activated_by=version.activated_by,
        terms=selectors.terms_of(version),
    )


@api.query("products_on_sale", "/products-on-sale", permission=permissions.PRODUCT_QUOTE)
def _on_sale(actor: Actor) -> list[OfferOut]:
    return [
        OfferOut(
            product_version_id=view.id,
            product=view.code,
            name=spoken(view.name_zh, view.name_en),
            version_no=view.version,
            terms=view.terms,
        )
        for view in public.products_on_sale(business_date())
    ]
