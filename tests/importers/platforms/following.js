window.YTD.following.part1 = [ { "following" : { "accountId" : "202", "userLink" : "https://twitter.com/intent/user?user_id=202" } }, { "follower" : { "accountId" : "203" } } ]
