-- A policy's user is kept by its id, so that nobody made later under its name has its grants. Those stored before say
-- its ARN, each in a place such as $.Statement[0].Principal.AWS[1]. A user that is gone stays an ARN, which is nobody's.
create temporary table policy_before (place text not null, id integer not null, policy text not null);
insert into policy_before select 'repository', id, policy from repository where policy is not null;
insert into policy_before select 'registry', id, policy from registry where policy is not null;

create temporary table policy_principal as
select p.place, p.id, names.fullkey as path, u.id as user_id,
    row_number() over (partition by p.place, p.id order by names.fullkey) as number
from policy_before p, json_tree(p.policy) names
join iam_user u on names.atom = 'arn:aws:iam::' || u.account || ':user' || u.path || u.name
where names.type = 'text'
    and (names.fullkey like '$.Statement%.Principal.AWS%' or names.fullkey like '$.Statement%.NotPrincipal.AWS%')
    and names.fullkey not like '%.Condition.%';

create temporary table policy_bound as
with recursive bound (place, id, number, policy) as (
    select place, id, 0, policy from policy_before
    union all
    select b.place, b.id, p.number, json_set(b.policy, p.path, p.user_id)
    from bound b join policy_principal p on p.place = b.place and p.id = b.id and p.number = b.number + 1)
select place, id, max(number) as number, policy from bound group by place, id;

update repository set policy = bound.policy from policy_bound bound
where bound.place = 'repository' and bound.id = repository.id and bound.number > 0;
update registry set policy = bound.policy from policy_bound bound
where bound.place = 'registry' and bound.id = registry.id and bound.number > 0;

drop table policy_bound;
drop table policy_principal;
drop table policy_before;
