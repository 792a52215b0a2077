#pragma once

/// Small contracts and what a requirement makes of them on 1 January 2028.
struct RegulationText
{
    const char* regulation;
    const char* given;
    const char* requirement;
    const char* status;
    const char* contract;
};

inline constexpr const char* cloud = "data-processing-service=yes test-version=no custom-built=no";
inline constexpr const char* saas =
    "data-processing-service=yes test-version=no custom-built=no service=paas-saas";
inline constexpr const char* bank = "financial-entity=yes critical-function=yes";
inline constexpr const char* plain_bank = "financial-entity=yes critical-function=no";
inline constexpr const char* high = "high-risk=annex-iii legacy-public=no";
inline constexpr const char* agency = "us-agency=yes excluded-use=no high-impact=yes";
inline constexpr const char* buyer = "uses-clauses=yes version=high-risk";

inline constexpr RegulationText regulation_texts[] = {
    {"eu-data-act", cloud, "DA-01", "covered",
     "# 8 Switching\n\nCustomer may at any time switch to another provider. Provider shall carry out the "
     "switching "
     "process as this clause says.\n"},
    {"eu-data-act", cloud, "DA-01", "absent", "# 8 Payment\n\nCustomer shall pay within 30 days.\n"},
    {"eu-data-act", cloud, "DA-02", "covered",
     "# 8 Switching\n\nProvider shall complete the switch within a transition period of 30 calendar days "
     "after the "
     "notice period. During the transition period Provider shall assist Customer in switching, shall "
     "continue to "
     "provide the services without interruption, shall inform Customer of known risks to continuity of the "
     "services, "
     "and shall maintain a high level of security throughout the transition.\n"},
    {"eu-data-act", cloud, "DA-02", "weaker than the floor",
     "# 8 Switching\n\nProvider shall complete the switch within a transition period of 90 days. During the "
     "transition "
     "period Provider shall assist Customer in switching.\n"},
    {"eu-data-act", cloud, "DA-03", "covered",
     "# 8 Exit\n\nProvider shall support Customer's exit strategy and provide all relevant information for "
     "it.\n"},
    {"eu-data-act", cloud, "DA-04", "weaker than the floor",
     "# 8 Exit\n\nThis Agreement terminates upon successful completion of the switching process.\n"},
    {"eu-data-act", cloud, "DA-05", "covered",
     "# 8 Exit\n\nCustomer may start switching by giving notice of two months.\n"},
    {"eu-data-act", cloud, "DA-05", "weaker than the floor",
     "# 8 Exit\n\nCustomer may start switching by giving six (6) months' notice to Provider.\n"},
    {"eu-data-act", cloud, "DA-06", "covered",
     "# 8 Exit\n\nSchedule 3 is an exhaustive list of the exportable data and digital assets, including "
     "inputs, outputs and "
     "metadata, which Customer may export.\n"},
    {"eu-data-act", cloud, "DA-08", "covered",
     "# 8 Exit\n\nCustomer may download Customer Data for at least sixty days after termination of this "
     "Agreement.\n"},
    {"eu-data-act", cloud, "DA-08", "weaker than the floor",
     "# 8 Exit\n\nProvider will make Customer Data available for export for 14 days following "
     "termination.\n"},
    {"eu-data-act", cloud, "DA-08", "absent",
     "# 8 Payment\n\nCustomer shall pay each invoice within 30 days after receipt.\n"},
    {"eu-data-act", cloud, "DA-09", "covered",
     "# 8 Exit\n\nProvider shall erase all Customer Data within 30 days after the end of the retrieval "
     "period and shall "
     "certify the deletion in writing on request.\n"},
    {"eu-data-act", cloud, "DA-10", "weaker than the floor",
     "# 8 Exit\n\nProvider shall charge an egress fee of EUR 90 per terabyte.\n"},
    {"eu-data-act", cloud, "DA-10", "absent", "# 8 Payment\n\nThe fees are due monthly.\n"},
    {"eu-data-act", cloud, "DA-13", "covered",
     "# 8 Exit\n\nProvider shall complete the switch within a transition period of 30 days.\n"},
    {"eu-data-act", cloud, "DA-14", "covered",
     "# 8 Exit\n\nCustomer may extend the transition period once by a period of its choice.\n"},
    {"eu-data-act", cloud, "DA-16", "covered",
     "# 8 Exit\n\nThe parties and the destination provider shall cooperate in good faith to make the "
     "switching process "
     "effective.\n"},
    {"eu-data-act", saas, "DA-18", "not applicable", "# 8 Exit\n\nNothing.\n"},
    {"eu-data-act", cloud, "DA-19", "unanswered", "# 8 Exit\n\nNothing.\n"},
    {"eu-data-act", saas, "DA-19", "covered",
     "# 8 Exit\n\nProvider shall make open interfaces available free of charge to Customer and to the "
     "destination provider.\n"},
    {"eu-data-act", saas, "DA-20", "covered",
     "# 8 Exit\n\nCustomer may export Customer Data in a structured, commonly used and machine-readable "
     "format.\n"},
    {"eu-data-act", cloud, "DA-22", "weaker than the floor",
     "# 8 Orders\n\nCustomer shall not use or procure such services from any other provider.\n"},
    {"eu-data-act", cloud, "DA-05", "covered",
     "# 1 Switching\n\nThe Client starts the switching by a written switching notice of no more than sixty "
     "(60) days.\n"},
    {"eu-data-act", cloud, "DA-06", "covered",
     "# 2 Data\n\nAnnex 2 exhaustively lists the categories of data and digital assets which can be ported, "
     "including "
     "all exportable data.\n"},
    {"eu-data-act", saas, "DA-19", "covered",
     "# 2 Data\n\nOpen interfaces are provided to the Client and to the receiving provider at no charge.\n"},
    {"eu-data-act", "data-processing-service=no", "DA-08", "not applicable",
     "# 8 Exit\n\nCustomer may download Customer Data for 60 days after termination.\n"},

    {"dora", bank, "DO-01", "covered",
     "# 1 General\n\nThis agreement with its schedules constitutes the entire agreement of the parties.\n\n# "
     "2 Service "
     "levels\n\nProvider shall meet an availability of 99.9% in each month, with service credits of 10%.\n"},
    {"dora", bank, "DO-02", "covered",
     "# 2 Services\n\nSchedule 1 holds a complete description of the services. Provider may subcontract only "
     "with the prior "
     "written consent of Customer.\n"},
    {"dora", bank, "DO-03", "covered",
     "# 2 Location\n\nProvider shall store and process Customer Data only in data centres in the European "
     "Union. Provider "
     "shall notify Customer 60 days in advance of any change of these locations.\n"},
    {"dora", bank, "DO-03", "weaker than the floor",
     "# 2 Location\n\nCustomer Data is stored in data centres in Germany.\n"},
    {"dora", bank, "DO-04", "weaker than the floor",
     "# 2 Exit\n\nOn termination Provider shall return Customer Data in CSV format.\n"},
    {"dora", bank, "DO-04", "covered",
     "# 2 Exit\n\nOn termination, and also on insolvency, resolution or discontinuation of its business, "
     "Provider shall "
     "return all Customer Data in a structured, commonly used format.\n"},
    {"dora", bank, "DO-06", "covered",
     "# 2 Incidents\n\nProvider shall assist Customer in any ICT-related incident free of charge.\n"},
    {"dora", bank, "DO-06", "weaker than the floor",
     "# 2 Incidents\n\nProvider shall assist Customer in any security incident.\n"},
    {"dora", bank, "DO-06", "absent", "# 2 Fees\n\nThe fees are due monthly.\n"},
    {"dora", bank, "DO-03", "covered",
     "# 3 Places\n\nData are stored only in the locations of Schedule B (Ireland and Germany). The Vendor "
     "notifies the "
     "Customer at least 90 days before any relocation.\n"},
    {"dora", bank, "DO-06", "covered",
     "# 6 Incidents\n\nIn an ICT-related incident the Vendor provides assistance at no additional cost.\n"},
    {"dora", bank, "DO-10", "covered",
     "# 8 Reports\n\nThe Vendor reports without delay any development that might affect its ability to "
     "perform the "
     "services.\n"},
    {"dora", bank, "DO-10", "absent",
     "# 8 Delay\n\nVendor shall notify Customer of any force majeure event that affects its performance.\n"},
    {"dora", bank, "DO-08", "covered",
     "# 2 Security\n\nProvider shall preserve the confidentiality, integrity and availability of data. "
     "Provider shall "
     "cooperate with the competent authorities and resolution authorities of Customer. Provider's staff "
     "shall participate "
     "in Customer's security awareness training.\n"},
    {"dora", bank, "DO-11", "covered",
     "# 2 Resilience\n\nProvider shall maintain and test business continuity plans. Provider shall take part "
     "in "
     "threat-led penetration testing. Customer and its authorities may audit and inspect Provider.\n"},
    {"dora", plain_bank, "DO-11", "not applicable", "# 2 Fees\n\nThe fees are due monthly.\n"},
    {"dora", "financial-entity=yes", "DO-11", "unanswered", "# 2 Fees\n\nThe fees are due monthly.\n"},
    {"dora", bank, "DO-12", "covered",
     "# 2 Exit\n\nFor a mandatory transition period of 180 days Provider shall continue to provide the "
     "services. Provider "
     "shall assist Customer in moving to another provider or to in-house systems.\n"},
    {"dora", "financial-entity=no", "DO-07", "not applicable",
     "# 2 Term\n\nCustomer may terminate on 30 days' notice.\n"},
    {"dora", bank, "DO-07", "covered",
     "# 2 Term\n\nCustomer may terminate this Agreement on 30 days' notice.\n"},

    {"eu-ai-act", high, "AI-03", "weaker than the floor",
     "# 4 AI\n\nProvider shall deliver the technical documentation of the AI system.\n"},
    {"eu-ai-act", high, "AI-04", "covered",
     "# 4 AI\n\nThe AI system shall record logs of its operation automatically. Customer may export the "
     "logs, and the logs "
     "shall be kept for six months.\n"},
    {"eu-ai-act", high, "AI-04", "weaker than the floor",
     "# 4 AI\n\nThe AI system shall record logs of its operation automatically. Customer may export the "
     "logs, and the logs "
     "shall be kept for 30 days.\n"},
    {"eu-ai-act", high, "AI-10", "weaker than the floor",
     "# 4 AI\n\nCustomer shall not use the services for high-risk uses.\n"},
    {"eu-ai-act", "high-risk=no", "AI-01", "not applicable", "# 4 AI\n\nNothing.\n"},
    {"eu-ai-act", "high-risk=annex-i legacy-public=no", "AI-01", "not yet in force", "# 4 AI\n\nNothing.\n"},
    {"eu-ai-act", "high-risk=annex-iii open-source-part=yes general-purpose-model=no", "AI-09",
     "not applicable", "# 4 AI\n\nNothing.\n"},
    {"eu-ai-act", "general-purpose-model=yes", "AI-12", "absent", "# 4 Fees\n\nThe fees are due monthly.\n"},

    {"us-m-25-22", agency, "US-01", "covered",
     "# 5 Data\n\nContractor shall not, during or after this contract, use Government data, inputs or "
     "outputs to train any "
     "publicly available or commercial AI model without explicit written consent. This prohibition is "
     "permanent.\n"},
    {"us-m-25-22", agency, "US-01", "absent",
     "# 5 Data\n\nProvider may use Customer Data, prompts and outputs to train and improve its models.\n"},
    {"us-m-25-22", agency, "US-06", "weaker than the floor",
     "# 5 Tests\n\nCustomer may test and evaluate the AI system but shall not disclose the results of any "
     "evaluation.\n"},
    {"us-m-25-22", "us-agency=no", "US-01", "not applicable", "# 5\n\nNothing.\n"},
    {"us-m-25-22", "us-agency=yes excluded-use=no high-impact=no", "US-07", "not applicable",
     "# 5\n\nNothing.\n"},

    {"mcc-ai", buyer, "MC-C2", "covered",
     "# 9 AI\n\nBefore delivery Supplier shall complete the conformity assessment of the AI system. Supplier "
     "shall take "
     "corrective action where the AI system does not conform.\n"},
    {"mcc-ai", "uses-clauses=yes version=light", "MC-C2", "not applicable", "# 9\n\nNothing.\n"},
    {"mcc-ai", buyer, "MC-F", "covered",
     "# 9 Audit\n\nCustomer may audit the AI system, and Supplier shall cooperate in each audit.\n"},
};
