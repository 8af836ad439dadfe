//! Three lists, each following the one before. What was chosen stays chosen after a reload, because city and province
//! follow from the county's code.

use super::api::children;
use crate::ui::Erased;
use crate::ui::{Choice, FieldError, SelectField};
use domain::division::Division;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// One list: asked for in the browser alone, once the list above it has a choice.
#[derive(Clone, Copy)]
struct Level {
    parent: Signal<String>,
    list: RwSignal<Vec<Division>>,
    failed: RwSignal<bool>,
}

/// Province, city, county.
#[component]
pub fn DivisionPicker(
    /// The county's code, or nothing.
    value: RwSignal<String>,
    /// What is wrong with it.
    error: FieldError,
    /// The form names of the three lists, the county's last: each form on a page needs its own.
    #[prop(default = ["residence_province", "residence_city", "residence"])]
    names: [&'static str; 3],
    /// Takes the names from the province to the county as one, once they are known.
    #[prop(optional)]
    whole: Option<RwSignal<String>>,
) -> impl IntoView {
    let [province_name, city_name, county_name] = names;
    let province = RwSignal::new(String::new());
    let city = RwSignal::new(String::new());
    let provinces = Level::new(Signal::derive(String::new), true);
    let cities = Level::new(province.into(), false);
    let counties = Level::new(city.into(), false);
    // From the value to the lists above it: when the page is filled with what was typed before.
    Effect::new(move || {
        let county = value.get();
        if let (Some(up), Some(mid)) = (above(&county, 2), above(&county, 4)) {
            if province.get_untracked() != up {
                province.set(up);
            }
            if city.get_untracked() != county && city.get_untracked() != mid {
                city.set(mid);
            }
        }
    });
    // From a list to those below it: another province empties the city, another city the county.
    Effect::new(move || {
        let chosen = province.get();
        if above(&city.get_untracked(), 2).is_some_and(|up| up != chosen) {
            city.set(String::new());
        }
    });
    Effect::new(move || {
        let chosen = city.get();
        let belongs =
            above(&value.get_untracked(), 4).is_none_or(|mid| mid == chosen || value.get_untracked() == chosen);
        if !belongs {
            value.set(String::new());
        }
    });
    // Some provinces have counties directly below them: then the second list already chooses the county.
    Effect::new(move || {
        let (chosen, county) = (city.get(), value.get_untracked());
        let has = |code: &str| {
            cities
                .list
                .with(|list| list.iter().any(|it| it.code == code && !it.has_children))
        };
        if has(&chosen) {
            if county != chosen {
                value.set(chosen);
            }
        } else if has(&county) {
            city.set(county);
        }
    });
    if let Some(whole) = whole {
        Effect::new(move || {
            let parts = [
                provinces.name_of(&province.get()),
                cities.name_of(&city.get()),
                counties.name_of(&value.get()),
            ];
            whole.set(parts.concat());
        });
    }
    let failed = move || [provinces, cities, counties].iter().any(|level| level.failed.get());
    view! {
        <SelectField label="省（自治区、直辖市）" name=province_name value=province options=choices(provinces) />
        <SelectField label="市（州、盟），直辖市选区县" name=city_name value=city options=choices(cities) placeholder="先选省，再选市" />
        <SelectField label="县（市、区）" name=county_name value=value options=county_choices(cities, counties, city) error=error
            placeholder="先选市，再选县" />
        {move || failed().then(|| view! {
            <p class="error" role="alert">"没有网络，地区列表没有读出来。"</p>
            <button type="button" class="btn ghost" on:click=move |_| {
                for level in [provinces, cities, counties] {
                    level.ask();
                }
            }>"再读一次"</button>
        })}
    }
    .erased()
}

impl Level {
    /// The list below `parent`; `top` is the list that has nothing above it.
    fn new(parent: Signal<String>, top: bool) -> Self {
        let level = Self {
            parent,
            list: RwSignal::new(Vec::new()),
            failed: RwSignal::new(false),
        };
        Effect::new(move || {
            if top || !parent.get().is_empty() {
                level.ask();
            } else {
                level.list.set(Vec::new());
            }
        });
        level
    }

    /// The name of a code in this list, or nothing.
    fn name_of(self, code: &str) -> String {
        self.list.with(|list| {
            let found = list.iter().find(|it| it.code == code);
            found.map(|it| it.name.clone()).unwrap_or_default()
        })
    }

    /// Asks the server. An answer that comes after another choice was made is dropped.
    fn ask(self) {
        let parent = self.parent.get_untracked();
        spawn_local(async move {
            let answer = children(parent.clone()).await;
            if self.parent.try_get_untracked() == Some(parent) {
                self.failed.set(answer.is_err());
                self.list.set(answer.unwrap_or_default());
            }
        });
    }
}

/// The code of the level above: two digits name the province, four the city.
fn above(code: &str, digits: usize) -> Option<String> {
    let start = code.get(..digits).filter(|_| code.len() == 6)?;
    Some(format!("{start:0<6}"))
}

fn choices(level: Level) -> Signal<Vec<Choice>> {
    Signal::derive(move || level.list.get().into_iter().map(choice).collect())
}

/// The counties of the city, or the chosen line of the second list itself where that is a county.
fn county_choices(cities: Level, counties: Level, city: RwSignal<String>) -> Signal<Vec<Choice>> {
    Signal::derive(move || {
        let below = counties.list.get();
        if !below.is_empty() {
            return below.into_iter().map(choice).collect();
        }
        let chosen = city.get();
        let list = cities.list.get();
        list.into_iter()
            .filter(|it| it.code == chosen && !it.has_children)
            .map(choice)
            .collect()
    })
}

fn choice(division: Division) -> Choice {
    Choice::new(division.code, division.name)
}

#[cfg(test)]
mod tests {
    use super::above;

    #[test]
    fn the_levels_above_follow_from_the_code() {
        assert_eq!(above("520623", 2).as_deref(), Some("520000"));
        assert_eq!(above("520623", 4).as_deref(), Some("520600"));
        assert_eq!(above("", 2), None);
        assert_eq!(above("石阡县", 2), None);
    }
}
