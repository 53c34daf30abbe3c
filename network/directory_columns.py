"""The columns of a file of the directory: its export writes them, its import reads them."""

import re

SEPARATORS = re.compile(r"[、;；,，\n]+")
# Field -> the heads a file may use, in Chinese and English.
HEADS: dict[str, tuple[str, str]] = {
    "key": ("編號", "Key"),
    "name_zh": ("中文名稱", "Name in Chinese"),
    "name_en": ("英文名稱", "Name in English"),
    "kind": ("種類", "Kind"),
    "description_zh": ("中文介紹", "Description in Chinese"),
    "description_en": ("英文介紹", "Description in English"),
    "business_number": ("統一編號", "Business number"),
    "phone": ("電話", "Phone"),
    "email": ("電子郵件", "E-mail"),
    "url": ("網站", "Website"),
    "location_zh": ("據點中文名稱", "Location in Chinese"),
    "location_en": ("據點英文名稱", "Location in English"),
    "location_kind": ("據點種類", "Kind of location"),
    "place": ("縣市與鄉鎮市區", "County and district"),
    "address_zh": ("中文地址", "Address in Chinese"),
    "address_en": ("英文地址", "Address in English"),
    "features": ("無障礙設施", "How people get in and around"),
    "accessibility_zh": ("無障礙中文說明", "Accessibility in Chinese"),
    "accessibility_en": ("無障礙英文說明", "Accessibility in English"),
    "location_phone": ("據點電話", "Phone of the location"),
    "location_url": ("據點網站", "Website of the location"),
    "service_zh": ("服務項目", "Service"),
    "service_en": ("服務項目英文", "Service in English"),
    "service_description_zh": ("服務中文說明", "About the service in Chinese"),
    "service_description_en": ("服務英文說明", "About the service in English"),
    "application_zh": ("申請方式", "How to apply, in Chinese"),
    "application_en": ("申請方式英文", "How to apply, in English"),
    "fees_zh": ("費用", "Fees in Chinese"),
    "fees_en": ("費用英文", "Fees in English"),
    "state": ("服務狀態", "State"),
    "topics": ("主題", "Topics"),
    "areas": ("服務範圍", "Areas served"),
    "excepted": ("不服務的地區", "Not served"),
    "languages": ("服務語言", "Languages"),
    "hours": ("服務時間", "Hours"),
}
