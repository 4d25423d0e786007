"""Products and their versions: register, put on sale, take off sale, read."""

from axle.platform.http import VersionRoutes, version_fields, version_origin
from axle.platform.public import Actor, Ctx, available_commands, business_date
from axle.product import permissions, public, selectors
from axle.product.http.base import api, spoken
from axle.product.http.schemas import (
    OfferOut,
    ProductCreateIn,
    ProductOut,
    ProductVersionCreateIn,
    ProductVersionDetail,
    ProductVersionOut,
    ProductVersionUpdateIn,
)
from axle.product.models import ProductState, ProductVersion
from axle.product.services.product_create import product_create
from axle.product.services.product_version_activate import product_version_activate
from axle.product.services.product_version_create import product_version_create
from axle.product.services.product_version_retire import product_version_retire
from axle.product.services.product_version_update import product_version_update

_ACTIONS: dict[str, tuple[str, ...]] = {
    ProductState.DRAFT: ("product_version_activate", "product_version_update", "product_version_create"),
    ProductState.ACTIVE: ("product_version_create", "product_version_retire"),
    ProductState.RETIRED: ("product_version_create",),
}


def _version_out(actor: Actor, version: ProductVersion) -> ProductVersionOut:
    actions = available_commands(actor, *_ACTIONS[version.state])
    fields = version_fields(version, actions)
    return ProductVersionOut(
        **fields, product=version.product.code, state=ProductState(version.state), revision=version.revision
    )


VersionRoutes(
    api=api,
    kind=selectors.VERSIONS,
    view=permissions.PRODUCT_VIEW,
    manage=permissions.PRODUCT_ACTIVATE,
    output=ProductVersionOut,
    present=_version_out,
    content=lambda version: selectors.terms_of(version).model_dump(mode="json"),
    activate=product_version_activate,
    retire=product_version_retire,
).offer()
api.history(
    "product_version",
    "/product-versions",
    permission=permissions.PRODUCT_VIEW,
    find=lambda actor, version_id: selectors.version_get(version_id),
)


@api.command("product_create", permission=permissions.PRODUCT_EDIT, subject="product")
def _product_create(ctx: Ctx, data: ProductCreateIn) -> ProductOut:
    product = product_create(actor=ctx.actor, **data.model_dump())
    return ProductOut(id=product.pk, code=product.code)


@api.command("product_version_create", permission=permissions.PRODUCT_EDIT, subject="product_version")
def _version_create(ctx: Ctx, data: ProductVersionCreateIn) -> ProductVersionOut:
    version = product_version_create(actor=ctx.actor, product=data.product, terms=data.terms, note=data.note)
    return _version_out(ctx.actor, version)


@api.command("product_version_update", permission=permissions.PRODUCT_EDIT, subject="product_version")
def _version_update(ctx: Ctx, data: ProductVersionUpdateIn) -> ProductVersionOut:
    version = product_version_update(
        actor=ctx.actor, version_id=data.product_version_id, terms=data.terms, note=data.note, revision=data.revision
    )
    return _version_out(ctx.actor, version)


@api.query("product_version_get", "/product-versions/{version_id}", permission=permissions.PRODUCT_VIEW)
def _version_get(actor: Actor, version_id: int) -> ProductVersionDetail:
    version = selectors.version_get(version_id)
    return ProductVersionDetail(
        **_version_out(actor, version).model_dump(),
        **version_origin(version, selectors.VERSIONS.previous(version)),
        name=spoken(version.product.name_zh, version.product.name_en),
        lender=version.product.legal_entity.name,
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
