-- Earlier states of what ?at= asks for.
SELECT keep_past('alert_list', 'alert_id');
