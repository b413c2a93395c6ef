"""The catalogue's pages."""

from django.urls import path

from remonta.desk.catalogue import categories, codes, parts, prices, products, works

urlpatterns = [
    path("catalogue/", products.products, name="products"),
    path("catalogue/models/new/", products.new_product, name="product-new"),
    path("catalogue/models/<uuid:uid>/", products.product, name="product"),
    path("catalogue/models/<uuid:uid>/edit/", products.edit_product, name="product-edit"),
    path("catalogue/models/<uuid:uid>/archive/", products.archive, name="product-archive"),
    path("catalogue/models/<uuid:uid>/faults/", products.new_fault, name="product-fault"),
    path("catalogue/models/<uuid:uid>/faults/<int:fault>/drop/", products.drop_fault, name="product-fault-drop"),
    path("catalogue/models/<uuid:uid>/parts/", products.fit, name="product-part"),
    path("catalogue/parts/", parts.parts, name="parts"),
    path("catalogue/parts/new/", parts.new_part, name="part-new"),
    path("catalogue/parts/<uuid:uid>/", parts.part, name="part"),
    path("catalogue/parts/<uuid:uid>/archive/", parts.archive, name="part-archive"),
    path("catalogue/services/", works.works, name="services"),
    path("catalogue/services/new/", works.new_work, name="service-new"),
    path("catalogue/services/<uuid:uid>/", works.work, name="service"),
    path("catalogue/services/<uuid:uid>/archive/", works.archive, name="service-archive"),
    path("catalogue/prices/", prices.price_list, name="prices"),
    path("catalogue/prices/<uuid:entity>/<slug:kind>/<uuid:uid>/", prices.set_one, name="price-set"),
    path("catalogue/categories/", categories.categories, name="categories"),
    path("catalogue/categories/new/", categories.new_category, name="category-new"),
    path("catalogue/categories/<uuid:uid>/", categories.category, name="category"),
    path("catalogue/checklists/", categories.checklists, name="checklists"),
    path("catalogue/checklists/new/", categories.new_line, name="checklist-new"),
    path("catalogue/checklists/<uuid:uid>/", categories.line, name="checklist-line"),
    path("catalogue/checklists/<uuid:uid>/drop/", categories.drop_line, name="checklist-drop"),
    path("catalogue/codes/", codes.codes, name="fault-codes"),
    path("catalogue/codes/new/", codes.new_code, name="fault-code-new"),
    path("catalogue/codes/<uuid:uid>/", codes.code, name="fault-code"),
]
