"""Starter texts in Simplified Chinese."""

from remonta.notices.starter.shape import Starter

END = "\n\n此致\n{centre}[\n{address}][\n{phone}]"

TEXTS = {
    "send_in": Starter(
        sms="{centre}：我们等候您的{device}，维修单{number}，包裹{parcel}。请打印单据放入包裹，寄到：{address}。{link}",
        title="{number}：请寄来您的{device}",
        body="您好！\n\n我们已核对您的申请，等候您的{device}，维修单号 {number}。\n\n请打印附件中的"
        "单据，放在包裹内最上面，寄到：\n{centre}"
        "[\n{address}]\n\n包裹编号 {parcel}。[请于 {until} 前寄出。]进展请看：\n{link}" + END,
    ),
    "send_in_reminder": Starter(
        sms="{centre}：您的包裹{parcel}（{device}）尚未收到。您寄出了吗？[{person}为您服务：{phone}。] {link}",
        title="{number}：包裹寄出了吗？",
        body="您好！\n\n我们在等候您的{device}（维修单 {number}，包裹 {parcel}），但包裹尚未收到。"
        "\n\n如已寄出，请告知快递公司和单号。如需再次获取单据或不再"
        "需要维修，请回复我们。[\n\n为您服务的是{person}。]\n\n{link}" + END,
    ),
    "parcel_sent": Starter(
        sms="{centre}：您的{device}（{number}）已寄出[，快递 {carrier}][，单号 {tracking}]。 {link}",
        title="{number}：您的{device}已寄出",
        body="您好！\n\n您的{device}已寄回[，快递 {carrier}]。[\n快递单号：{tracking}]\n\n收到后请"
        "检查包裹。详情请看：\n{link}" + END,
    ),
    "taken_in": Starter(
        sms="【{centre}】您的{device}已收件,维修单号 {number}。[预计完成:{ready}。]查看进度:{link}",
        title="{number}:已收到您的{device}",
        body="您好!\n\n我们已收到您的{device},维修单号为 {number}。[\n预计完成时间:{ready}。]\n\n"
        "您可以随时在此查看维修进度和照片,也可以给我们留言:\n{link}" + END,
    ),
    "quote_sent": Starter(
        sms="【{centre}】您的{device}({number})维修报价 {necessary}。[报价有效期至 {until}。]请查看并确认:{link}",
        title="{number}:{device}维修报价",
        body="您好!\n\n我们已检查您的{device},必要的维修费用为 {necessary}[,包含建议项目共 {whole}]。\n\n"
        "请查看明细,并告诉我们可以进行哪些维修:\n{link}\n\n收到您的答复后,我们会立即继续。[价格有效期至 {until}。]"
        + END,
    ),
    "quote_approved": Starter(
        sms="【{centre}】感谢确认,我们将以 {total} 维修您的{device}({number})。查看进度:{link}",
        title="{number}:感谢确认,维修继续进行",
        body="您好!\n\n感谢您的答复。我们将按约定以 {total} 维修您的{device},未经您同意不会增加费用。"
        "[\n预计完成时间:{ready}。]\n\n查看进度:\n{link}" + END,
    ),
    "quote_declined": Starter(
        sms="【{centre}】按您的意愿,{device}({number})不再维修,您可以前来取回。{link}",
        title="{number}:{device}未维修退回",
        body="您好!\n\n您未接受报价,我们已停止维修您的{device}。您可以到本中心取回,如有预付款,将予以退还。\n\n{link}"
        + END,
    ),
    "parts_expected": Starter(
        sms="【{centre}】您的{device}({number})所需配件将于{comes}到货,到货后继续维修。{link}",
        title="{number}:配件将于{comes}到货",
        body="您好!\n\n您的{device}所需配件已订购,预计{comes}到货。到货后维修继续进行。\n\n查看进度:\n{link}" + END,
    ),
    "parts_arrived": Starter(
        sms="【{centre}】您的{device}({number})所需配件已到,维修继续进行。[预计完成:{ready}。]{link}",
        title="{number}:配件已到",
        body="您好!\n\n您的{device}所需配件已全部到货,维修继续进行。[\n预计完成时间:{ready}。]\n\n查看进度:\n{link}"
        + END,
    ),
    "ready": Starter(
        sms="【{centre}】您的{device}({number})已修好。[维修费用:{total}。][待付:{owed}。][取件地址:{address}。]{link}",
        title="{number}:您的{device}已修好",
        body="您好!\n\n您的{device}已修好,欢迎前来取件。[\n\n维修费用:{total}。][\n待付金额:{owed}。]\n\n"
        "请携带收件单,或出示此页面:\n{link}" + END,
    ),
    "unrepaired": Starter(
        sms="【{centre}】您的{device}({number})未能维修,工作已结束,您可以前来取回。[待付:{owed}。]{link}",
        title="{number}:您可以取回{device}",
        body="您好!\n\n我们已结束对您的{device}的工作,设备未经维修退回。您可以到本中心取回。[\n\n待"
        "付金额:{owed}。]\n\n"
        "详情:\n{link}" + END,
    ),
    "loan_overdue": Starter(
        sms="【{centre}】请归还备用机{loaner},应还日期为{back_by}(维修单 {number})。{link}",
        title="{number}:请归还备用机",
        body="您好!\n\n维修期间我们借给您备用机:{loaner},应于{back_by}归还。\n\n"
        "请连同配件一起归还,届时退还押金。如需延长使用,请在此回复:\n{link}" + END,
    ),
    "handed_over": Starter(
        sms="【{centre}】您的{device}使用还好吗?请花半分钟为我们的服务评分:{link}",
        title="{number}:您对我们的服务满意吗?",
        body="您好!\n\n您的{device}已交还给您,一切都好吗?\n\n请花半分钟为我们的服务评分,每条回复我们都会阅读:\n{link}"
        + END,
    ),
    "message": Starter(
        sms="【{centre}】维修单 {number}:{text} 回复:{link}",
        title="{number}:关于您的{device}的留言",
        body="您好!\n\n{text}\n\n您可以在此回复:\n{link}" + END,
    ),
    "link": Starter(
        sms="【{centre}】您的{device}({number})维修进度:{link}",
        title="{number}:{device}维修进度",
        body="您好!\n\n您可以随时在此查看{device}的维修进度:\n{link}" + END,
    ),
}
