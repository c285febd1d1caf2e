window.YTD.ip_audit.part0 = [ { "ipAudit" : { "accountId" : "101", "createdAt" : "2024-03-31T01:30:00.000Z", "loginIp" : "192.0.2.7" } } ]
