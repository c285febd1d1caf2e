window.YTD.note_tweet.part0 = [
  {
    "noteTweet" : {
      "noteTweetId" : "1900000000000000101",
      "updatedAt" : "2026-03-02T18:12:09.000Z",
      "lifecycle" : {
        "value" : "0",
        "name" : "Unset",
        "originalName" : "Unset",
        "annotations" : { }
      },
      "createdAt" : "2026-03-02T18:12:09.000Z",
      "core" : {
        "styletags" : [ ],
        "urls" : [
          {
            "expandedUrl" : "https://garden.example/composting",
            "toIndex" : "61",
            "shortUrl" : "https://t.co/aaaaaaaaaa",
            "displayUrl" : "garden.example/composting",
            "fromIndex" : "38"
          }
        ],
        "text" : "Un long billet sur le compost d'été : https://t.co/aaaaaaaaaa\n\nD'abord, on aère.",
        "mentions" : [
          {
            "screenName" : "jardin_exemple",
            "fromIndex" : "0",
            "toIndex" : "15"
          }
        ],
        "cashtags" : [ ],
        "hashtags" : [ ]
      }
    }
  },
  {
    "noteTweet" : {
      "noteTweetId" : "1900000000000000102",
      "createdAt" : "2026-03-05T07:00:00.000Z",
      "core" : {
        "text" : "A second one, without a link."
      }
    }
  },
  {
    "noteTweet" : {
      "noteTweetId" : "1900000000000000103",
      "createdAt" : "2026-03-06",
      "core" : {
        "text" : "Its time is spoilt."
      }
    }
  },
  {
    "noteTweet" : {
      "noteTweetId" : "1900000000000000104",
      "createdAt" : "2026-03-06T07:00:00.000Z",
      "core" : { }
    }
  }
]
