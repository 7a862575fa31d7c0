-- Earlier states of what ?at= asks for.
SELECT keep_past('case_list', 'case_id');
SELECT keep_past('staff', 'staff_id');
