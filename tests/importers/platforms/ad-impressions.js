window.YTD.ad_impressions.part0 = [
  {
    "ad" : {
      "adsUserData" : {
        "adImpressions" : {
          "impressions" : [
            {
              "deviceInfo" : {
                "osType" : "Desktop"
              },
              "displayLocation" : "TimelineHome",
              "promotedTweetInfo" : {
                "tweetId" : "1900000000000000201",
                "tweetText" : "Des vélos pour l'été, dès 299 € !",
                "urls" : [
                  "https://t.co/bbbbbbbbbb"
                ],
                "mediaUrls" : [ ]
              },
              "advertiserInfo" : {
                "advertiserName" : "Vélos Exemple",
                "screenName" : "@velos_exemple"
              },
              "matchedTargetingCriteria" : [
                {
                  "targetingType" : "Locations",
                  "targetingValue" : "France"
                },
                {
                  "targetingType" : "Age",
                  "targetingValue" : "25 to 49"
                },
                {
                  "targetingType" : "Interests",
                  "targetingValue" : "Cycling"
                }
              ],
              "impressionTime" : "2026-03-02 18:13:01"
            },
            {
              "deviceInfo" : {
                "osType" : "Desktop"
              },
              "displayLocation" : "Trends",
              "promotedTrendInfo" : {
                "trendId" : "9001",
                "name" : "#RadioExemple",
                "description" : ""
              },
              "advertiserInfo" : {
                "advertiserName" : "Radio Exemple",
                "screenName" : "@radio_exemple"
              },
              "matchedTargetingCriteria" : [
                {
                  "targetingType" : "Locations",
                  "targetingValue" : "France"
                },
                {
                  "targetingType" : "Retargeting user engager"
                }
              ],
              "impressionTime" : "2026-03-02 18:14:30"
            },
            {
              "deviceInfo" : {
                "osType" : "Desktop"
              },
              "displayLocation" : "WtfSidebar",
              "advertiserInfo" : {
                "advertiserName" : "Radio Exemple",
                "screenName" : "@radio_exemple"
              },
              "matchedTargetingCriteria" : [
                {
                  "targetingType" : "Locations",
                  "targetingValue" : "France"
                }
              ],
              "impressionTime" : "2026-03-02 18:14:31"
            },
            {
              "deviceInfo" : {
                "osType" : "Desktop"
              },
              "displayLocation" : "TimelineHome",
              "promotedTweetInfo" : {
                "tweetId" : "1900000000000000201",
                "tweetText" : "Des vélos pour l'été, dès 299 € !",
                "urls" : [
                  "https://t.co/bbbbbbbbbb"
                ],
                "mediaUrls" : [ ]
              },
              "advertiserInfo" : {
                "advertiserName" : "Vélos Exemple",
                "screenName" : "@velos_exemple"
              },
              "matchedTargetingCriteria" : [
                {
                  "targetingType" : "Locations",
                  "targetingValue" : "France"
                },
                {
                  "targetingType" : "Age",
                  "targetingValue" : "25 to 49"
                },
                {
                  "targetingType" : "Interests",
                  "targetingValue" : "Cycling"
                }
              ],
              "impressionTime" : "2026-03-02 18:13:01"
            }
          ]
        }
      }
    }
  },
  {
    "ad" : {
      "adsUserData" : {
        "adImpressions" : {
          "impressions" : [
            {
              "deviceInfo" : {
                "osType" : "Desktop"
              },
              "displayLocation" : "WtfSidebar",
              "advertiserInfo" : {
                "advertiserName" : "Radio Exemple",
                "screenName" : "@radio_exemple"
              },
              "matchedTargetingCriteria" : [
                {
                  "targetingType" : "Locations",
                  "targetingValue" : "France"
                }
              ],
              "impressionTime" : "02/03/2026 18:14"
            }
          ]
        }
      }
    }
  }
]
