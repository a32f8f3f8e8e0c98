TRUNCATE :"conflict".conflictvisitmaps_temp;
