//! How far an agency reaches: itself and every agency below (`reach`), and the divisions that these look after (`area`). Both
//! are part of each query that shows agency staff anything of others. A zone (功能区) carries the division of the agency above
//! it and looks after its areas alone; cities without counties are their own last level.

/// The two lists before a query; `$root` selects the id of the agency that reads.
macro_rules! reach_of {
    ($root:literal) => {
        concat!(
            "reach (id) AS (",
            $root,
            " UNION SELECT g.id FROM agency g JOIN reach r ON g.parent_id = r.id), ",
            "area (code) AS (SELECT g.division_code FROM agency g JOIN reach r ON r.id = g.id ",
            "LEFT JOIN agency p ON p.id = g.parent_id WHERE p.id IS NULL OR p.division_code <> g.division_code ",
            "OR NOT EXISTS (SELECT 1 FROM division d WHERE d.parent_code = g.division_code) ",
            "UNION SELECT b.division_code FROM agency_area b JOIN reach r ON r.id = b.agency_id ",
            "UNION SELECT d.code FROM division d JOIN area ON d.parent_code = area.code) "
        )
    };
}

/// A query within the reach of the agency `$1`.
macro_rules! within_reach {
    ($($rest:expr),+) => {
        concat!(
            "WITH RECURSIVE ",
            $crate::reach::reach_of!("SELECT id FROM agency WHERE id = $1"),
            $($rest),+
        )
    };
}

/// Whether a host `h` belongs to the reach of those who look after its accounts: they certified it, or nobody has yet and it
/// lies in their divisions.
macro_rules! host_in_reach {
    () => {
        "(h.certified_by IN (SELECT id FROM reach) \
         OR (h.certified_by IS NULL AND h.division_code IN (SELECT code FROM area)))"
    };
}

/// Whether an account `a` with its host `h` and trainee `t` belongs to the reach.
macro_rules! account_in_reach {
    () => {
        "(a.agency_id IN (SELECT id FROM reach) OR h.certified_by IN (SELECT id FROM reach) \
         OR h.division_code IN (SELECT code FROM area) OR t.residence_code IN (SELECT code FROM area))"
    };
}

pub(crate) use {account_in_reach, host_in_reach, reach_of, within_reach};
