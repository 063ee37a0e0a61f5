package com.keeptrusts.gateway.contract;

/**
 * Anything that crosses the event bus. The simple name of a record and the names of its components are its wire form:
 * add components with a default for their absence, never rename or retype one.
 */
public sealed interface BusMessage
        permits Timed,
                PolicyVerdicts,
                StreamOpened,
                StreamReleased,
                StreamClose,
                CallAnswer,
                CompletionEvent,
                Credit,
                Cancel,
                AppendAnswer,
                SettingsCall,
                Settings,
                PresenceEvent,
                AdminCall,
                NodeReport,
                WitnessAnswer,
                Witnessed,
                OpenRequestsHeard,
                NodeEvent,
                ConfigTextCall,
                ConfigText,
                ConfigOpinion,
                ConfigDecision,
                ConfigDecided,
                RatesWanted,
                RatesLent,
                TargetsTold,
                Probe,
                ProbeAnswered {}
