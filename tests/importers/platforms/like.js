window.YTD.like.part0 = [
  { "like" : { "tweetId" : "1039", "fullText" : "Vélo", "expandedUrl" : "https://twitter.com/i/web/status/1039" } },
  { "like" : { "tweetId" : "" } }
]
