"""Which script a text is written in: Han or not, Simplified or Traditional."""

from __future__ import annotations

import re

__all__ = ["han_share", "is_mostly_chinese", "traditional_share"]

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_LETTER = re.compile(r"[^\W\d_]")
_LATIN_PER_HAN = 3.5

# Frequent characters that only one of the two scripts uses; the n-th of one string is the n-th of the other.
_SIMPLIFIED = frozenset(
    "业发国进会实动区经强产长体济设资务开创坚县农为机对学稳费点场现结调关决时续规构项领战议风标总权护电过"
    "优质义头内贫导众亿环转应险减个运来气军无乡际网财态党数统税医级门难线办协镇尔员联们营与监积严问马带车"
    "扩间贸极继变责题价书东兴职组两处负亚维单计传试势养记别压当脱报预类举货补层础术习节户复让见断争双语专"
    "显挥审罗给红团药华铁将观种边条阳织识综黄备队紧币纳贯债彻疗约话励绿龙论视还围证额验装乐满执热卫鱼这担"
    "银说竞尽筹较兰盖连针胜号击异劳远图词灾爱声临参树须盘细轮贷认则简汇师况岛粮独络鸟违蓝园败脚灵旧阶销缩"
    "库测历轻许键宽闻温杂残奥鸡换侧没张剂绩随亲陆启汉奋脑飞湾弹检乱钱绝链恶潜欧壮顺隐错荣宝涨样选齐乌侨贡"
    "评响归伤顶谈终献状丽谢萨杀撑笔惩属请讲苏厅输谐赛贵购届妇诚庆丝钢遗缓猫顾训编洁奖桥脸礼横圆烟劲纸剧岗"
    "鲁赢诺鹛软灯阴帮迁觉获肃饭访伟虚怀迈画倾码扬读纠饮称贴贝枪顿梦储亩释莺谋纪镜录莱绕档艰猪楼挂麦惊戏缴"
)
_TRADITIONAL = frozenset(
    "業發國進會實動區經強產長體濟設資務開創堅縣農為機對學穩費點場現結調關決時續規構項領戰議風標總權護電過"
    "優質義頭內貧導眾億環轉應險減個運來氣軍無鄉際網財態黨數統稅醫級門難線辦協鎮爾員聯們營與監積嚴問馬帶車"
    "擴間貿極繼變責題價書東興職組兩處負亞維單計傳試勢養記別壓當脫報預類舉貨補層礎術習節戶復讓見斷爭雙語專"
    "顯揮審羅給紅團藥華鐵將觀種邊條陽織識綜黃備隊緊幣納貫債徹療約話勵綠龍論視還圍證額驗裝樂滿執熱衛魚這擔"
    "銀說競盡籌較蘭蓋連針勝號擊異勞遠圖詞災愛聲臨參樹鬚盤細輪貸認則簡匯師況島糧獨絡鳥違藍園敗腳靈舊階銷縮"
    "庫測歷輕許鍵寬聞溫雜殘奧雞換側沒張劑績隨親陸啟漢奮腦飛灣彈檢亂錢絕鏈惡潛歐壯順隱錯榮寶漲樣選齊烏僑貢"
    "評響歸傷頂談終獻狀麗謝薩殺撐筆懲屬請講蘇廳輸諧賽貴購屆婦誠慶絲鋼遺緩貓顧訓編潔獎橋臉禮橫圓煙勁紙劇崗"
    "魯贏諾鶥軟燈陰幫遷覺獲肅飯訪偉虛懷邁畫傾碼揚讀糾飲稱貼貝槍頓夢儲畝釋鶯謀紀鏡錄萊繞檔艱豬樓掛麥驚戲繳"
)


def han_share(text: str) -> float:
    """The share of Han characters among the letters of a text, 0-1; 0 without letters."""
    letters = len(_LETTER.findall(text))
    return len(_HAN.findall(text)) / letters if letters else 0.0


def is_mostly_chinese(text: str) -> bool:
    """True when more of the content is Chinese than in another script.

    A Han character says about as much as three and a half Latin letters, so a Chinese text with English
    names in it is still Chinese, and an English text that quotes a Chinese title is not.
    """
    han = len(_HAN.findall(text))
    others = len(_LETTER.findall(text)) - han
    return han * _LATIN_PER_HAN > others


def traditional_share(text: str) -> float | None:
    """How much of the evidence for a script speaks for Traditional, 0-1; None when there is no evidence."""
    traditional = sum(char in _TRADITIONAL for char in text)
    simplified = sum(char in _SIMPLIFIED for char in text)
    total = traditional + simplified
    return traditional / total if total else None
