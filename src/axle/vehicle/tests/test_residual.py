"""Residual curves: made of prices, put in force by a second person, read for a car."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from axle.kernel.money import parse_yuan
from axle.platform.public import business_date_set
from axle.platform.testing import client_for, make_department, make_user
from axle.vehicle.domain.residual import Offer, TooFewCars, curve_fit, worth_at
from axle.vehicle.models import ResidualCurve, ResidualPoint, Trim, Vehicle
from axle.vehicle.public import values_by_curve, vehicle_get
from axle.vehicle.services.residual_curve import FEWEST_CARS

HEAD = "品牌,车系,首次上牌日期,成交日期,成交价,指导价"


def left_after(months: int) -> float:
    """What these tests' cars lose: ten percent at once, and one percent a month of what is left."""
    return 0.9 * 0.99**months


def offers(make="大众", series="朗逸", count=300, factor=1.0):
    """Cars of all ages; every third brings a tenth less and every third a tenth more than the middle one."""
    return [
        Offer(make, series, months, left_after(months) * factor * (0.9, 1.0, 1.1)[number % 3])
        for number in range(count)
        for months in [number % 120 + 1]
    ]


class TestCurve:
    def test_the_middle_follows_the_prices_and_the_sides_their_spread(self):
        points = curve_fit(offers())
        for months in (12, 36, 84):
            worth = worth_at([one for one in points if not one.make], months)
            assert float(worth.middle) == pytest.approx(left_after(months), rel=0.02)
            assert float(worth.low) == pytest.approx(0.9 * left_after(months), rel=0.03)
            assert float(worth.high) == pytest.approx(1.1 * left_after(months), rel=0.03)

    def test_a_series_that_keeps_its_value_has_a_curve_of_its_own(self):
        points = curve_fit([*offers(), *offers("丰田", "卡罗拉", 300, 1.2)])
        own, other = (
            worth_at([one for one in points if one.series in ("", series) and one.make in ("", make)], 36)
            for make, series in (("丰田", "卡罗拉"), ("大众", "朗逸"))
        )
        assert (own.level, other.level) == ("series", "series")
        assert float(own.middle / other.middle) == pytest.approx(1.2, rel=0.02)

    def test_few_cars_of_a_series_say_little_and_fewer_nothing(self):
        few, fewer = offers("比亚迪", "汉", 6, 1.5), offers("蔚来", "ET5", 4, 1.5)
        points = curve_fit([*offers(count=600), *few, *fewer])
        assert {one.series for one in points} == {"", "朗逸", "汉"}
        own = worth_at([one for one in points if one.series == "汉"], 24)
        assert 1.1 < float(own.middle) / left_after(24) < 1.4  # half as much again, by six cars

    def test_a_car_is_never_worth_more_for_being_older(self):
        points = [one for one in curve_fit(offers()) if not one.make]
        assert [one.middle for one in points] == sorted((one.middle for one in points), reverse=True)

    def test_prices_that_are_errors_are_left_out_and_too_few_are_refused(self):
        wrong = [Offer("大众", "朗逸", 12, 50.0), Offer("大众", "朗逸", 12, 0.001), Offer("大众", "朗逸", 600, 0.5)]
        assert curve_fit([*offers(), *wrong])[0].cars == 300
        with pytest.raises(TooFewCars):
            curve_fit([*offers(count=100), *wrong])


def prices(*more: str, count: int = 240) -> str:
    lines = [
        f"大众,朗逸,{2025 - number % 8}-03-10,2026-01-15,{round(100_000 * left_after(12 * (number % 8) + 10))},100000"
        for number in range(count)
    ]
    return "\n".join([HEAD, *lines, *more])


@pytest.mark.django_db
class TestInForce:
    @pytest.fixture(autouse=True)
    def people(self):
        business_date_set(date(2026, 3, 1))
        may = ["platform.file.upload", "vehicle.vehicle.view", "vehicle.residual.manage", "vehicle.residual.activate"]
        self.maker, self.checker = (client_for(make_user(name, permissions=may)) for name in ("maker", "checker"))

    def uploaded(self, text: str) -> int:
        file = SimpleUploadedFile("prices.csv", text.encode("gb18030"), "text/csv")
        return int(self.maker.raw.post("/api/v1/files", {"file": file}).json()["file_id"])

    def imported(self, text: str):
        return self.maker.command("residual_curve_import", {"file_id": self.uploaded(text), "source": "行情站"})

    def test_a_second_person_puts_them_in_force_and_older_ones_again(self):
        first, second = (self.imported(prices(count=count))[1] for count in (240, 320))
        status, refused = self.maker.command("residual_curve_activate", {"residual_curve_id": first["id"]})
        assert (status, refused["code"]) == (403, "maker_may_not_check")
        for one in (first, second, first):
            status, _body = self.checker.command("residual_curve_activate", {"residual_curve_id": one["id"]})
            assert status == 200
        states = dict(ResidualCurve.objects.values_list("curve_no", "state"))
        assert states == {first["curve_no"]: "active", second["curve_no"]: "superseded"}
        status, again = self.checker.command("residual_curve_activate", {"residual_curve_id": first["id"]})
        assert again["code"] == "curve_is_active"

    def test_a_car_is_forecast_by_its_series(self, django_assert_num_queries):
        trim = Trim.objects.create(
            make="大众", series="朗逸", model_year=2023, name="1.5L", guide_price=12_000_000, energy="petrol"
        )
        car = Vehicle.objects.create(
            vin="LSVAA4182E2184847", trim=trim, is_new=False, price=7_000_000, department=make_department(),
            first_registered_on=date(2024, 3, 1), mileage_km=30_000,
        )  # fmt: skip
        assert self.checker.get(f"/vehicles/{car.pk}")[1]["residual"] is None
        made = self.imported(prices("大众,朗逸,2020-01-01,2026-01-15,9000000,100000"))[1]
        assert (made["cars"], made["left_out"]) == (240, 1)
        self.checker.command("residual_curve_activate", {"residual_curve_id": made["id"]})
        told = self.checker.get(f"/vehicles/{car.pk}")[1]["residual"]
        assert (told["level"], told["curve_no"], told["cars"]) == ("series", made["curve_no"], 240)
        now, *_rest, last = told["values"]
        assert (now["on"], now["age_months"], last["on"], last["age_months"]) == ("2026-03-01", 24, "2031-03-01", 84)
        assert float(now["middle"]) == pytest.approx(120_000 * left_after(24), rel=0.03)
        assert Decimal(last["low"]) <= Decimal(last["middle"]) <= Decimal(last["high"]) < Decimal(now["middle"])
        both = values_by_curve(vehicle_get(car.pk), date(2026, 3, 1), months=(0, 60))
        assert both == [parse_yuan(now["middle"]), parse_yuan(last["middle"])]
        trim.make = "本田"
        trim.save()
        assert values_by_curve(vehicle_get(car.pk), date(2026, 3, 1)) == []  # all cars together say too little of one

    @pytest.mark.parametrize(
        ("text", "line"),
        [
            ("品牌,车系\n大众,朗逸", "1"),
            (prices("大众,朗逸,2020-13-01,2026-01-15,50000,100000"), "242"),
            (prices("大众,朗逸,2026-02-01,2026-01-15,50000,100000"), "242"),
            (prices("大众,朗逸,2020-01-01,2026-01-15,-5,100000"), "242"),
            (prices(",朗逸,2020-01-01,2026-01-15,5,100000"), "242"),
        ],
    )
    def test_a_line_that_cannot_be_read_is_named(self, text, line):
        status, body = self.imported(text)
        assert (status, body["code"]) == (422, "price_file_unreadable")
        assert f"第{line}行" in body["message"]
        assert not ResidualCurve.objects.exists()

    def test_few_prices_make_no_curve(self):
        status, body = self.imported(prices(count=FEWEST_CARS - 1))
        assert (status, body["code"]) == (422, "too_few_prices")
        assert not ResidualPoint.objects.exists()
