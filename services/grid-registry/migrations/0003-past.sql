-- Earlier states of what ?at= asks for.
SELECT keep_past('area_list', 'code');
SELECT keep_past('area_boundary', 'code', 'edition');
SELECT keep_past('staff_list', 'staff_id');
