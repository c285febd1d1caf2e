window.YTD.tweets.part0 = [
  {
    "tweet" : {
      "id_str" : "1040000000000000001",
      "created_at" : "Sun Mar 31 01:30:00 +0000 2024",
      "full_text" : "À lire : https://t.co/abc",
      "entities" : { "urls" : [ { "url" : "https://t.co/abc", "expanded_url" : "https://velos.example/été" } ] }
    }
  },
  { "tweet" : { "id_str" : "1040000000000000002", "created_at" : "Sun Mar 31 01:31:00 +0000 2024", "full_text" : "RT @lea: bonjour" } },
  { "tweet" : { "id" : "1040000000000000003", "created_at" : "Sun Mar 31 01:32:00 +0000 2024", "full_text" : "oui", "in_reply_to_status_id_str" : "1" } },
  { "tweet" : { "id_str" : "x", "created_at" : "Sun Mar 31 01:32:00 +0000 2024", "full_text" : "non" } },
  { "tweet" : { "id_str" : "1040000000000000004", "created_at" : "31 mars 2024", "full_text" : "non" } }
]
