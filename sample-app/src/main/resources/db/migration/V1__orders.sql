create table orders (
    id        bigint generated always as identity primary key,
    customer  varchar(100) not null,
    item      varchar(100) not null,
    quantity  integer      not null check (quantity > 0),
    placed_at timestamptz  not null
);
