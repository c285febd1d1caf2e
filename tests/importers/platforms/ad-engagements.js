window.YTD.ad_engagements.part0 = [
  {
    "ad" : {
      "adsUserData" : {
        "adEngagements" : {
          "engagements" : [
            {
              "impressionAttributes" : {
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
              "engagementAttributes" : [
                {
                  "engagementTime" : "2026-03-02 18:13:05",
                  "engagementType" : "VideoContentPlaybackStart"
                },
                {
                  "engagementTime" : "2026-03-02 18:13:09",
                  "engagementType" : "VideoContentPlayback25"
                }
              ]
            },
            {
              "impressionAttributes" : {
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
              "engagementAttributes" : [
                {
                  "engagementTime" : "2026-03-02 18:14:40",
                  "engagementType" : "TrendView"
                }
              ]
            }
          ]
        }
      }
    }
  },
  {
    "ad" : {
      "adsUserData" : {
        "adEngagements" : {
          "engagements" : [
            {
              "impressionAttributes" : {
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
              "engagementAttributes" : [
                {
                  "engagementTime" : "demain",
                  "engagementType" : "ChargeableImpression"
                },
                {
                  "engagementTime" : "2026-03-02 18:14:45",
                  "engagementType" : "ChargeableImpression"
                }
              ]
            }
          ]
        }
      }
    }
  }
]
