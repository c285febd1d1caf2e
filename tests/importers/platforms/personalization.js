window.YTD.personalization.part0 = [ { "p13nData" : { "demographics" : { }, "interests" : { "interests" : [ { "name" : "Vélo & trains", "isDisabled" : false }, { "isDisabled" : true } ] } } } ]
