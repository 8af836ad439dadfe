//! The division picker: province, city, county.
