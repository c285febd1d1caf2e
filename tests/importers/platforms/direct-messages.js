window.YTD.direct_messages.part0 = [ {
  "dmConversation" : {
    "conversationId" : "101-202",
    "messages" : [
      { "messageCreate" : { "recipientId" : "202", "senderId" : "101", "id" : "9001", "createdAt" : "2024-03-31T01:30:00.250Z", "text" : "Salut Léa", "urls" : [ ] } },
      { "messageCreate" : { "senderId" : "202", "id" : "9002", "createdAt" : "2024-03-31T01:31:00.250Z", "text" : "" } },
      { "participantsLeave" : { "userIds" : [ "202" ], "createdAt" : "2024-03-31T01:32:00.250Z" } },
      { "messageCreate" : { "senderId" : "202", "id" : "9003", "createdAt" : "hier" } }
    ]
  }
} ]
