package com.keeptrusts.gateway.contract;

/**
 * A place on the bus, and the types of question and answer that belong there. Addresses are few and fixed for the life
 * of a worker: nothing registers per request.
 */
public record Address<Q extends BusMessage, A extends BusMessage>(
        String name, Class<Q> questionType, Class<A> answerType) {

    /** Every node hears what is published here. */
    public static final Address<PresenceEvent, PresenceEvent> PRESENCE =
            new Address<>("gateway.presence", PresenceEvent.class, PresenceEvent.class);

    /** Every node hears what is published here. */
    public static final Address<NodeEvent, NodeEvent> NODES =
            new Address<>("gateway.nodes", NodeEvent.class, NodeEvent.class);

    /** Every ingress node hears what is published here. */
    public static final Address<RatesWanted, RatesWanted> RATES =
            new Address<>("gateway.rates", RatesWanted.class, RatesWanted.class);

    /** Every provider node hears what is published here. */
    public static final Address<TargetsTold, TargetsTold> TARGETS =
            new Address<>("gateway.targets", TargetsTold.class, TargetsTold.class);

    /** One policy worker, for reviews of whole texts. */
    public static Address<PolicyCall, PolicyVerdicts> ofPolicy(String worker) {
        return new Address<>(worker, PolicyCall.class, PolicyVerdicts.class);
    }

    /** The same worker's entrance for opening a stream. */
    public static Address<StreamOpen, StreamOpened> ofStreamOpen(String worker) {
        return new Address<>(worker + ".open", StreamOpen.class, StreamOpened.class);
    }

    /** The same worker's entrance for the pieces of its streams. */
    public static Address<StreamText, StreamReleased> ofStreamText(String worker) {
        return new Address<>(worker + ".text", StreamText.class, StreamReleased.class);
    }

    /** The same worker's entrance for giving a stream up. */
    public static Address<StreamClose, StreamClose> ofStreamClose(String worker) {
        return new Address<>(worker + ".close", StreamClose.class, StreamClose.class);
    }

    /** One provider worker. */
    public static Address<CompletionCall, CallAnswer> ofProvider(String worker) {
        return new Address<>(worker, CompletionCall.class, CallAnswer.class);
    }

    /** The same worker's entrance for credits. */
    public static Address<Credit, Credit> ofCredit(String worker) {
        return new Address<>(worker + ".credit", Credit.class, Credit.class);
    }

    /** The same worker's entrance for cancellations. */
    public static Address<Cancel, Cancel> ofCancel(String worker) {
        return new Address<>(worker + ".cancel", Cancel.class, Cancel.class);
    }

    /** One ingress instance, where the events of its model calls arrive. */
    public static Address<CompletionEvent, CompletionEvent> ofIngress(String ingress) {
        return new Address<>(ingress, CompletionEvent.class, CompletionEvent.class);
    }

    /** One audit writer. */
    public static Address<AppendEntries, AppendAnswer> ofAudit(String writer) {
        return new Address<>(writer, AppendEntries.class, AppendAnswer.class);
    }

    /** The same writer as a witness of other logs. */
    public static Address<AddCheckpoint, WitnessAnswer> ofWitness(String writer) {
        return new Address<>(writer + ".witness", AddCheckpoint.class, WitnessAnswer.class);
    }

    /** The same writer, for what it has witnessed. */
    public static Address<WitnessedCall, Witnessed> ofWitnessed(String writer) {
        return new Address<>(writer + ".witnessed", WitnessedCall.class, Witnessed.class);
    }

    /** The same writer, for what others have open. */
    public static Address<OpenRequestsTold, OpenRequestsHeard> ofOpenRequests(String writer) {
        return new Address<>(writer + ".open", OpenRequestsTold.class, OpenRequestsHeard.class);
    }

    /** Whoever holds the settings with this digest. */
    public static Address<SettingsCall, Settings> ofSettings(String digest) {
        return new Address<>("config." + digest, SettingsCall.class, Settings.class);
    }

    /** One node, for the configuration that it runs. */
    public static Address<ConfigTextCall, ConfigText> ofConfigText(String node) {
        return new Address<>("gateway.config." + node, ConfigTextCall.class, ConfigText.class);
    }

    /** The same node, for a configuration that it might run. */
    public static Address<ConfigProposal, ConfigOpinion> ofConfigProposal(String node) {
        return new Address<>("gateway.config." + node + ".proposal", ConfigProposal.class, ConfigOpinion.class);
    }

    /** The same node, for what becomes of that. */
    public static Address<ConfigDecision, ConfigDecided> ofConfigDecision(String node) {
        return new Address<>("gateway.config." + node + ".decision", ConfigDecision.class, ConfigDecided.class);
    }

    /** One ingress node, for what others lend it of rate limits. */
    public static Address<RatesLent, RatesLent> ofRates(String node) {
        return new Address<>("gateway.rates." + node, RatesLent.class, RatesLent.class);
    }

    /** One node, for its operator. */
    public static Address<AdminCall, NodeReport> ofAdmin(String node) {
        return new Address<>("gateway.admin." + node, AdminCall.class, NodeReport.class);
    }

    /** Name of the n-th worker of a policy kind on a node. */
    public static String policyWorker(String kind, String node, int n) {
        return "policy." + kind + "." + node + "." + n;
    }

    /** Name of the n-th provider worker of a node. */
    public static String providerWorker(String node, int n) {
        return "provider." + node + "." + n;
    }

    /** Name of the n-th ingress instance of a node. */
    public static String ingress(String node, int n) {
        return "ingress." + node + "." + n;
    }

    /** The number that a worker's name ends with, or -1. */
    public static int numberOf(String worker) {
        try {
            return Integer.parseInt(worker.substring(worker.lastIndexOf('.') + 1));
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    /** Name of an audit writer. */
    public static String auditWriter(String writerId) {
        return "audit." + writerId;
    }
}
