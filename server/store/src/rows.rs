//! Statements over many rows at once: one trip to the database instead of one a row. And patterns to search by.

/// The longest run of rows in one statement. Nineteen columns of a check-in stay far below either database's limit of
/// parameters, and longer runs were not faster.
const LONGEST: usize = 64;

/// Cuts a list into runs whose lengths are powers of two, so that a handful of statement texts serve lists of every length
/// and stay prepared on their connection.
pub(crate) fn runs<T>(mut items: &[T]) -> impl Iterator<Item = &[T]> {
    std::iter::from_fn(move || {
        let length = 1_usize << items.len().min(LONGEST).checked_ilog2()?;
        let (run, rest) = items.split_at_checked(length)?;
        items = rest;
        Some(run)
    })
}

/// `($1, $2), ($3, $4)` for two rows of two columns.
pub(crate) fn tuples(rows: usize, columns: usize) -> String {
    let tuple = |row: usize| {
        let numbers: Vec<String> = (1..=columns)
            .map(|column| format!("${}", row * columns + column))
            .collect();
        format!("({})", numbers.join(", "))
    };
    (0..rows).map(tuple).collect::<Vec<_>>().join(", ")
}

/// A pattern for `LIKE … ESCAPE '!'` that finds the text anywhere; empty for no text.
pub(crate) fn like(text: &str) -> String {
    let text = text.trim();
    if text.is_empty() {
        return String::new();
    }
    let mut pattern = String::from("%");
    for letter in text.chars() {
        if matches!(letter, '%' | '_' | '!') {
            pattern.push('!');
        }
        pattern.push(letter);
    }
    pattern.push('%');
    pattern
}

/// Runs one statement a [`run`](runs) of items and collects the rows that it answers. `$sql` is made from the tuples of
/// the run's parameters; the binds stand in the order of their columns. A statement that answers none has rows of `()`.
macro_rules! fetch_rows {
    ($tx:expr, $row:ty, $items:expr, $columns:literal, |$tuples:ident| $sql:expr, |$item:ident| $($bind:expr),+ $(,)?) => {{
        let mut found: Vec<$row> = Vec::new();
        for run in $crate::rows::runs($items) {
            let $tuples = $crate::rows::tuples(run.len(), $columns);
            let sql = sqlx::AssertSqlSafe($sql);
            let rows = match &mut *$tx {
                $crate::Tx::Sqlite(tx) => {
                    let mut query = sqlx::query_as::<_, $row>(sql);
                    for $item in run { query = query$(.bind($bind))+; }
                    query.fetch_all(&mut **tx).await
                }
                $crate::Tx::Postgres(tx) => {
                    let mut query = sqlx::query_as::<_, $row>(sql);
                    for $item in run { query = query$(.bind($bind))+; }
                    query.fetch_all(&mut **tx).await
                }
            };
            found.extend(rows.map_err($crate::StoreError::from)?);
        }
        found
    }};
}

pub(crate) use fetch_rows;

#[cfg(test)]
mod tests {
    use super::{runs, tuples};

    #[test]
    fn a_list_is_cut_into_powers_of_two_and_nothing_is_left_out() {
        for length in 0..300_usize {
            let items: Vec<usize> = (0..length).collect();
            let cut: Vec<&[usize]> = runs(&items).collect();
            assert!(cut.iter().all(|run| run.len().is_power_of_two() && run.len() <= 64));
            assert_eq!(cut.concat(), items);
        }
        assert_eq!(runs(&[0; 109]).map(<[i32]>::len).collect::<Vec<_>>(), [64, 32, 8, 4, 1]);
    }

    #[test]
    fn parameters_are_numbered_row_by_row() {
        assert_eq!(tuples(2, 3), "($1, $2, $3), ($4, $5, $6)");
        assert_eq!(tuples(1, 1), "($1)");
    }
}
